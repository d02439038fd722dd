// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {WalnutEscrow} from "../src/WalnutEscrow.sol";
import {IWalnutEscrow} from "../src/interfaces/IWalnutEscrow.sol";
import {EscrowTest, Payout, Voucher} from "./base/EscrowTest.sol";
import {Note, NoteTree} from "./base/NoteTree.sol";

/// @dev vectors/v1.json, which Java and TypeScript check as well, against the real contract.
contract VectorsTest is EscrowTest {
    /// @dev Its first contract has the vectors' escrow address.
    address private constant DEPLOYER = 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266;

    string private json;

    function setUp() public override {
        json = vm.readFile("vectors/v1.json");
        vm.chainId(vm.parseJsonUint(json, ".domain.chainId"));
        vm.warp(1_893_456_000);
        vm.prank(DEPLOYER);
        escrow = new WalnutEscrow(owner, guardian, 0);
        vm.assertEq(address(escrow), vm.parseJsonAddress(json, ".domain.escrow"));
        vm.prank(owner);
        escrow.addSigner(vm.parseJsonAddress(json, ".derivation.signer"));
        vm.deal(treasury, 100 ether);
    }

    function at(string memory list, uint256 index, string memory key) private pure returns (string memory) {
        return string.concat(".", list, "[", vm.toString(index), "].", key);
    }

    /// @dev Amounts are decimal strings.
    function amountAt(string memory key) private view returns (uint256) {
        return vm.parseUint(vm.parseJsonString(json, key));
    }

    function send(string memory call, uint256 value) private {
        vm.prank(treasury);
        (bool ok, bytes memory answer) =
            address(escrow).call{value: value}(vm.parseJsonBytes(json, string.concat(".calls.", call)));
        if (!ok) {
            assembly {
                revert(add(answer, 0x20), mload(answer))
            }
        }
    }

    function voucherAt(uint256 i) private view returns (Voucher memory) {
        return Voucher(
            vm.parseJsonAddress(json, ".deposit.token"),
            amountAt(at("vouchers", i, "amount")),
            vm.parseJsonAddress(json, at("vouchers", i, "linkKey"))
        );
    }

    function payoutAt(uint256 i) private view returns (Payout memory) {
        return Payout(
            vm.parseJsonAddress(json, at("claims", i, "recipient")),
            vm.parseJsonAddress(json, at("claims", i, "relayer")),
            amountAt(at("claims", i, "fee")),
            amountAt(at("claims", i, "deadline"))
        );
    }

    function signatureAt(string memory key) private view returns (IWalnutEscrow.Signature memory) {
        return abi.decode(vm.parseJsonBytes(json, key), (IWalnutEscrow.Signature));
    }

    function test_vectors_domain() public view {
        vm.assertEq(escrow.domainSeparator(), vm.parseJsonBytes32(json, ".domain.separator"));
        (, string memory name, string memory version, uint256 chainId, address verifier,,) = escrow.eip712Domain();
        vm.assertEq(name, "Walnut");
        vm.assertEq(version, "1");
        vm.assertEq(chainId, vm.parseJsonUint(json, ".domain.chainId"));
        vm.assertEq(verifier, address(escrow));
    }

    function test_vectors_notesAndTree() public view {
        Note[] memory notes = vectorNotes();
        for (uint256 i = 0; i < notes.length; i++) {
            vm.assertEq(NoteTree.leaf(notes[i]), vm.parseJsonBytes32(json, at("notes", i, "leaf")));
            vm.assertEq(
                abi.encode(NoteTree.path(notes, i)),
                abi.encode(vm.parseJsonBytes32Array(json, at("notes", i, "path")))
            );
        }
        vm.assertEq(NoteTree.root(notes), vm.parseJsonBytes32(json, ".deposit.notesRoot"));
    }

    function vectorNotes() private view returns (Note[] memory notes) {
        notes = new Note[](3);
        for (uint256 i = 0; i < 3; i++) {
            notes[i] = Note(
                vm.parseJsonAddress(json, at("notes", i, "linkKey")),
                amountAt(at("notes", i, "amount")),
                vm.parseJsonBytes32(json, at("notes", i, "salt"))
            );
        }
    }

    /// @dev Also the trees that OpenZeppelin's library made are accepted by the escrow.
    function test_vectors_trees() public {
        for (uint256 t = 0; t < 9; t++) {
            uint256 count = vm.parseJsonUint(json, at("trees", t, "count"));
            bytes32 root = vm.parseJsonBytes32(json, at("trees", t, "root"));
            bytes32[] memory path = vm.parseJsonBytes32Array(json, at("trees", t, "lastPath"));
            IWalnutEscrow.DepositTerms memory terms = IWalnutEscrow.DepositTerms(NATIVE, 1000, root);
            vm.prank(treasury);
            escrow.deposit{value: 1000}(NATIVE, 1000, root);

            // The last note's key is its number, from 1, and so is its amount.
            ExitItem memory item;
            item.deposit = terms;
            item.note = Note(vm.addr(count), count, bytes32(count - 1));
            item.path = path;
            item.terms = termsFor(NATIVE, count, payoutTo(fresh(vm.toString(count))));
            item.linkSignature = sign(count, claimDigest(address(escrow), item.terms));
            exit(item);
            vm.assertEq(item.terms.recipient.balance, count);
        }
    }

    function test_vectors_depositCallAndItsSlot() public {
        uint256 amount = amountAt(".deposit.amount");
        bytes32 id = vm.parseJsonBytes32(json, ".deposit.id");
        vm.expectEmit(address(escrow));
        emit IWalnutEscrow.Deposited(
            id, treasury, NATIVE, amount, vm.parseJsonBytes32(json, ".deposit.notesRoot")
        );
        send("deposit", amount);
        vm.assertEq(
            vm.load(address(escrow), vm.parseJsonBytes32(json, ".deposit.storageSlot")),
            bytes32(time() << 160 | uint160(treasury))
        );
    }

    function test_vectors_claimAndExitCalls() public {
        send("deposit", amountAt(".deposit.amount"));
        Voucher memory voucher = voucherAt(0);
        Payout memory payout = payoutAt(0);
        vm.expectEmit(address(escrow));
        emit IWalnutEscrow.Claimed(voucher.linkKey, voucher.amount, payout.recipient);
        send("claim", 0);
        vm.assertEq(payout.recipient.balance, voucher.amount - payout.fee);

        voucher = voucherAt(1);
        payout = payoutAt(1);
        vm.expectEmit(address(escrow));
        emit IWalnutEscrow.Exited(
            vm.parseJsonBytes32(json, ".deposit.id"),
            voucher.linkKey,
            NATIVE,
            voucher.amount,
            payout.recipient
        );
        send("exit", 0);
        vm.assertEq(payout.relayer.balance, 2 * payout.fee);
    }

    function test_vectors_everyVoucherAndClaimIsPaid() public {
        send("deposit", amountAt(".deposit.amount"));
        uint256 signerKey = uint256(vm.parseJsonBytes32(json, ".derivation.signerKey"));
        for (uint256 i = 0; i < 3; i++) {
            Voucher memory voucher = voucherAt(i);
            Payout memory payout = payoutAt(i);
            IWalnutEscrow.Claim memory terms = termsFor(voucher.token, voucher.amount, payout);
            bytes32 digest = voucherDigest(address(escrow), voucher);
            vm.assertEq(digest, vm.parseJsonBytes32(json, at("vouchers", i, "digest")));
            vm.assertEq(
                claimDigest(address(escrow), terms),
                vm.parseJsonBytes32(json, at("claims", i, "digest"))
            );
            // RFC 6979: the same bytes from any signer.
            vm.assertEq(
                abi.encode(sign(signerKey, digest)), vm.parseJsonBytes(json, at("vouchers", i, "signature"))
            );
            escrow.claim(
                terms,
                signatureAt(at("claims", i, "signature")),
                signatureAt(at("vouchers", i, "signature"))
            );
        }
        vm.assertEq(address(escrow).balance, 0);
    }

    function test_vectors_eventTopics() public view {
        vm.assertEq(IWalnutEscrow.Deposited.selector, vm.parseJsonBytes32(json, ".events.Deposited"));
        vm.assertEq(IWalnutEscrow.Claimed.selector, vm.parseJsonBytes32(json, ".events.Claimed"));
        vm.assertEq(IWalnutEscrow.TokenClaimed.selector, vm.parseJsonBytes32(json, ".events.TokenClaimed"));
        vm.assertEq(IWalnutEscrow.Exited.selector, vm.parseJsonBytes32(json, ".events.Exited"));
    }
}
