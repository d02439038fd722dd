// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../src/interfaces/IWalnutEscrow.sol";
import {EscrowTest, SignedClaim} from "./base/EscrowTest.sol";
import {Note} from "./base/NoteTree.sol";

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
        SignedClaim memory item = itemOf(0, NATIVE, 1 ether, payoutTo(recipient, 0.01 ether));

        vm.expectEmit(address(escrow));
        emit IWalnutEscrow.Claimed(linkAt(0), 1 ether, recipient);
        vm.prank(thief);
        claim(item);

        vm.assertEq(recipient.balance, 0.99 ether);
        vm.assertEq(relayer.balance, 0.01 ether);
        vm.assertEq(address(escrow).balance, 2 ether);
        vm.assertTrue(escrow.isRedeemed(linkAt(0)));
    }

    function test_everyNoteOfATreeCanExitWhateverItsShape() public {
        for (uint256 count = 1; count < 10; count++) {
            escrow = newEscrow();
            Note[] memory notes = notesOf(count, 1 ether);
            IWalnutEscrow.DepositTerms memory terms = depositNative(notes);
            for (uint256 i = 0; i < count; i++) {
                exit(notes, i, terms, recipient);
            }
            vm.assertEq(address(escrow).balance, 0);
            vm.assertEq(escrow.exitedOf(depositIdOf(terms)), terms.amount);
        }
    }

    function test_exitTellsItsDeposit() public {
        Note[] memory notes = notesOf(3, 1 ether);
        IWalnutEscrow.DepositTerms memory terms = depositNative(notes);
        vm.expectEmit(address(escrow));
        emit IWalnutEscrow.Exited(depositIdOf(terms), notes[1].linkKey, NATIVE, 1 ether, recipient);
        exit(notes, 1, terms, recipient);
        vm.assertEq(recipient.balance, 1 ether);
    }
}
