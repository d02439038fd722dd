// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../src/interfaces/IWalnutEscrow.sol";
import {EscrowTest, Payout, SignedClaim} from "./base/EscrowTest.sol";
import {Note, NoteTree} from "./base/NoteTree.sol";
import {Vm} from "./base/Vm.sol";
import {PlainToken} from "./tokens/Tokens.sol";

/// @dev What whole transactions cost: 21,000, calldata and execution, less refunds. Compared with
/// snapshots/Escrow.json on each run (`gas_snapshot_check`); GAS.md puts the figures in context.
/// forge-config: default.isolate = true
contract GasTest is EscrowTest {
    PlainToken private token;

    function setUp() public override {
        super.setUp();
        token = new PlainToken();
        token.mint(treasury, 1000 ether);
        vm.prank(treasury);
        token.approve(address(escrow), type(uint256).max);
    }

    function snapshot(string memory name) private returns (uint256) {
        return vm.snapshotGasLastCall("Escrow", name);
    }

    /// @dev The transaction's sender is `sender`, so that its account is warm.
    function claimFrom(address sender, SignedClaim memory item) private {
        vm.prank(sender, sender);
        claim(item);
    }

    function fund() private {
        depositNative(notesOf(100, 1 ether));
        token.mint(address(escrow), 100 ether);
    }

    /* DEPOSIT */

    function test_gas_depositOf100NotesInNativeCoin() public {
        depositNative(notesOf(100, 1 ether));
        vm.assertLe(snapshot("deposit of 100 notes, native coin"), 50_000);
    }

    function test_gas_depositOf100NotesInAToken() public {
        IWalnutEscrow.DepositTerms memory terms = termsOf(address(token), notesOf(100, 1 ether));
        vm.prank(treasury);
        escrow.deposit(terms.token, terms.amount, terms.notesRoot);
        snapshot("deposit of 100 notes, token");
    }

    function test_gas_depositMany() public {
        IWalnutEscrow.DepositTerms[] memory deposits = new IWalnutEscrow.DepositTerms[](10);
        for (uint256 i = 0; i < 10; i++) {
            deposits[i] = IWalnutEscrow.DepositTerms(NATIVE, 1 ether, keccak256(abi.encode(i)));
        }
        vm.prank(treasury);
        escrow.depositMany{value: 10 ether}(deposits);
        snapshot("depositMany of 10 batches, native coin");
    }

    /* CLAIM */

    function test_gas_claimOfNativeCoin() public {
        fund();
        SignedClaim memory item = itemOf(0, NATIVE, 1 ether, payoutTo(recipient));
        claimFrom(relayer, item);
        snapshot("claim, native coin, fresh recipient");

        item = itemOf(1, NATIVE, 1 ether, payoutTo(recipient));
        claimFrom(relayer, item);
        snapshot("claim, native coin, existing recipient");

        item = itemOf(2, NATIVE, 1 ether, payoutTo(recipient));
        claimFrom(recipient, item);
        snapshot("claim, native coin, recipient sends it");

        vm.deal(relayer, 1 ether);
        item = itemOf(3, NATIVE, 1 ether, payoutTo(fresh("other"), 0.01 ether));
        claimFrom(relayer, item);
        snapshot("claim, native coin, fresh recipient, fee to the sender");
    }

    function test_gas_claimOfAToken() public {
        fund();
        SignedClaim memory item = itemOf(0, address(token), 1 ether, payoutTo(recipient));
        claimFrom(relayer, item);
        snapshot("claim, token, fresh recipient");

        item = itemOf(1, address(token), 1 ether, payoutTo(recipient));
        claimFrom(relayer, item);
        snapshot("claim, token, existing recipient");
    }

    function test_gas_claimWithAnOlderSigner() public {
        fund();
        Payout memory payout = payoutTo(recipient);
        payout.deadline += DELAY;
        SignedClaim memory item = itemOf(0, NATIVE, 1 ether, payout);
        addActiveSigner(escrow, uint256(keccak256("second enclave")));
        claimFrom(relayer, item);
        snapshot("claim, native coin, fresh recipient, not the latest signer");
    }

    function batch(uint256 count, address coin) private returns (SignedClaim[] memory items) {
        items = new SignedClaim[](count);
        for (uint256 i = 0; i < count; i++) {
            items[i] = itemOf(i, coin, 1 ether, payoutTo(fresh(vm.toString(i))));
        }
    }

    function test_gas_claimManyOf50() public {
        fund();
        SignedClaim[] memory items = batch(50, NATIVE);
        vm.prank(relayer, relayer);
        claimMany(items, 150_000);
        vm.snapshotValue("Escrow", "claimMany of 50, native coin, fresh recipients, per link", lastGas() / 50);
        for (uint256 i = 0; i < 50; i++) {
            vm.assertEq(items[i].terms.recipient.balance, 1 ether);
        }
    }

    function test_gas_claimManyOf50WithAnAccessList() public {
        fund();
        SignedClaim[] memory items = batch(50, NATIVE);
        Vm.AccessListItem[] memory list = new Vm.AccessListItem[](51);
        list[0] = Vm.AccessListItem(address(escrow), new bytes32[](50));
        for (uint256 i = 0; i < 50; i++) {
            list[0].storageKeys[i] = keccak256(abi.encode(linkAt(i), uint256(2)));
            list[i + 1] = Vm.AccessListItem(items[i].terms.recipient, new bytes32[](0));
        }
        vm.accessList(list);
        vm.prank(relayer, relayer);
        claimMany(items, 150_000);
        vm.snapshotValue(
            "Escrow", "claimMany of 50, native coin, fresh recipients, access list, per link", lastGas() / 50
        );
    }

    function lastGas() private view returns (uint256) {
        return vm.lastCallGas().gasTotalUsed;
    }

    /* EXIT */

    function test_gas_exit() public {
        Note[] memory notes = notesOf(100, 1 ether);
        IWalnutEscrow.DepositTerms memory terms = depositNative(notes);
        exitFrom(relayer, notes, 0, terms);
        snapshot("exit from 100 notes, native coin, fresh recipient, first of its deposit");
        exitFrom(relayer, notes, 1, terms);
        snapshot("exit from 100 notes, native coin, existing recipient, not the first");
    }

    function exitFrom(
        address sender,
        Note[] memory notes,
        uint256 index,
        IWalnutEscrow.DepositTerms memory terms
    ) private {
        ExitItem memory item = exitOf(terms, notes, index, index, payoutTo(recipient));
        vm.prank(sender, sender);
        exit(item);
    }
}
