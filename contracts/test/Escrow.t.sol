// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../src/interfaces/IWalnutEscrow.sol";
import {EscrowTest} from "./base/EscrowTest.sol";

/// @dev The plain way of a payment.
contract EscrowBasicsTest is EscrowTest {
    function test_depositIsStoredInOneSlotWhereTheEnclaveProvesIt() public {
        IWalnutEscrow.DepositTerms memory terms = depositNative(notesOf(3, 1 ether));
        bytes32 id = depositIdOf(terms);

        bytes32 slot = vm.load(address(escrow), keccak256(abi.encode(id, uint256(0))));
        vm.assertEq(slot, bytes32(uint256(time()) << 160 | uint160(treasury)));
        (address depositor, uint96 since) = escrow.depositOf(id);
        vm.assertEq(depositor, treasury);
        vm.assertEq(since, time());
    }

    function test_depositTellsWhatCameIn() public {
        IWalnutEscrow.DepositTerms memory terms = termsOf(NATIVE, notesOf(3, 1 ether));
        vm.expectEmit(address(escrow));
        emit IWalnutEscrow.Deposited(depositIdOf(terms), treasury, NATIVE, 3 ether, terms.notesRoot);
        depositNative(notesOf(3, 1 ether));
    }

    function test_claimPaysRecipientAndRelayerAsTheLinkKeySigned() public {
        depositNative(notesOf(3, 1 ether));
        IWalnutEscrow.ClaimItem memory item = itemOf(0, NATIVE, 1 ether, payoutTo(recipient, 0.01 ether));

        vm.expectEmit(address(escrow));
        emit IWalnutEscrow.Claimed(item.voucher.linkKey, recipient, NATIVE, 1 ether, relayer, 0.01 ether);
        vm.prank(thief);
        claim(item);

        vm.assertEq(recipient.balance, 0.99 ether);
        vm.assertEq(relayer.balance, 0.01 ether);
        vm.assertEq(address(escrow).balance, 2 ether);
        vm.assertTrue(escrow.isRedeemed(item.voucher.linkKey));
    }

    function test_everyNoteOfATreeCanExitWhateverItsShape() public {
        for (uint256 count = 1; count < 10; count++) {
            escrow = newEscrow();
            IWalnutEscrow.Note[] memory notes = notesOf(count, 1 ether);
            IWalnutEscrow.DepositTerms memory terms = depositNative(notes);
            for (uint256 i = 0; i < count; i++) {
                exit(notes, i, terms, recipient);
            }
            vm.assertEq(address(escrow).balance, 0);
            vm.assertEq(escrow.exitedOf(depositIdOf(terms)), terms.amount);
        }
    }

    function test_exitTellsItsDeposit() public {
        IWalnutEscrow.Note[] memory notes = notesOf(3, 1 ether);
        IWalnutEscrow.DepositTerms memory terms = depositNative(notes);
        vm.expectEmit(address(escrow));
        emit IWalnutEscrow.Exited(
            depositIdOf(terms), notes[1].linkKey, recipient, NATIVE, 1 ether, address(0), 0
        );
        exit(notes, 1, terms, recipient);
        vm.assertEq(recipient.balance, 1 ether);
    }
}
