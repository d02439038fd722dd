// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../src/interfaces/IWalnutEscrow.sol";
import {EscrowTest} from "./base/EscrowTest.sol";
import {NoteTree} from "./base/NoteTree.sol";
import {PlainToken} from "./tokens/Tokens.sol";

contract ExitTest is EscrowTest {
    function testFuzz_exitPaysEachNoteOfATokenDeposit(uint256[6] memory amounts, uint256 fee) public {
        PlainToken token = new PlainToken();
        IWalnutEscrow.Note[] memory notes = new IWalnutEscrow.Note[](6);
        for (uint256 i = 0; i < 6; i++) {
            notes[i] = noteOf(i, bound(amounts[i], 1, MAX_AMOUNT / 6));
        }
        IWalnutEscrow.DepositTerms memory terms = termsOf(address(token), notes);
        token.mint(treasury, terms.amount);
        vm.startPrank(treasury);
        token.approve(address(escrow), terms.amount);
        escrow.deposit(address(token), terms.amount, terms.notesRoot);
        vm.stopPrank();

        uint256 fees;
        for (uint256 i = 0; i < 6; i++) {
            uint256 part = bound(fee, 0, notes[i].amount);
            fees += part;
            IWalnutEscrow.Payout memory payout = payoutTo(recipient, part);
            escrow.exit(terms, notes[i], NoteTree.path(notes, i), payout, linkSignatureOf(i, payout));
        }
        vm.assertEq(token.balanceOf(recipient), terms.amount - fees);
        vm.assertEq(token.balanceOf(relayer), fees);
        vm.assertEq(escrow.exitedOf(depositIdOf(terms)), terms.amount);
    }

    function test_exitNeedsNeitherSignerNorGuardianNorOwner() public {
        IWalnutEscrow.Note[] memory notes = notesOf(3, 1 ether);
        IWalnutEscrow.DepositTerms memory terms = depositNative(notes);
        vm.prank(owner);
        escrow.removeSigner(vm.addr(ENCLAVE_KEY));
        vm.prank(guardian);
        escrow.pause();
        exit(notes, 2, terms, recipient);
        vm.assertEq(recipient.balance, 1 ether);
    }

    function testFuzz_exitRefusesAnUnknownDeposit(address token, uint256 amount, bytes32 root) public {
        IWalnutEscrow.DepositTerms memory terms = IWalnutEscrow.DepositTerms(token, amount, root);
        IWalnutEscrow.Payout memory payout = payoutTo(recipient);
        IWalnutEscrow.Note memory note = noteOf(0, amount);
        IWalnutEscrow.Signature memory signature = linkSignatureOf(0, payout);
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.UnknownDeposit.selector, depositIdOf(terms)));
        escrow.exit(terms, note, new bytes32[](0), payout, signature);
    }

    function testFuzz_exitRefusesANoteThatIsNotInTheTree(uint256 amount, bytes32 salt, uint256 link) public {
        IWalnutEscrow.Note[] memory notes = notesOf(5, 1 ether);
        IWalnutEscrow.DepositTerms memory terms = depositNative(notes);
        bytes32[] memory path = NoteTree.path(notes, 0);
        IWalnutEscrow.Note memory note = IWalnutEscrow.Note(vm.addr(linkKeyOf(link)), amount, salt);
        vm.assume(NoteTree.leaf(note) != NoteTree.leaf(notes[0]));
        IWalnutEscrow.Payout memory payout = payoutTo(recipient);
        IWalnutEscrow.Signature memory signature = linkSignatureOf(link, payout);
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.NotInDeposit.selector, terms.notesRoot));
        escrow.exit(terms, note, path, payout, signature);
    }

    function testFuzz_exitRefusesAPathWithAnythingChanged(uint256 at_, uint256 bit) public {
        IWalnutEscrow.Note[] memory notes = notesOf(9, 1 ether);
        IWalnutEscrow.DepositTerms memory terms = depositNative(notes);
        bytes32[] memory path = NoteTree.path(notes, 0);
        path[at_ % path.length] ^= bytes32(1 << bit % 256);
        IWalnutEscrow.Payout memory payout = payoutTo(recipient);
        IWalnutEscrow.Signature memory signature = linkSignatureOf(0, payout);
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.NotInDeposit.selector, terms.notesRoot));
        escrow.exit(terms, notes[0], path, payout, signature);
    }

    function test_anInnerNodeIsNoNote() public {
        // A tree of two: the root hashes 64 bytes, a note 96; and a leaf is hashed twice. So with
        // the root given as the leaf's own hash, an empty path leads nowhere.
        IWalnutEscrow.Note[] memory notes = notesOf(2, 1 ether);
        IWalnutEscrow.DepositTerms memory terms = depositNative(notes);
        IWalnutEscrow.Payout memory payout = payoutTo(recipient);
        IWalnutEscrow.Signature memory signature = linkSignatureOf(0, payout);
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.NotInDeposit.selector, terms.notesRoot));
        escrow.exit(terms, notes[0], new bytes32[](0), payout, signature);
    }

    function test_exitRefusesTheSignatureOfAnotherLinkKey() public {
        IWalnutEscrow.Note[] memory notes = notesOf(2, 1 ether);
        IWalnutEscrow.DepositTerms memory terms = depositNative(notes);
        IWalnutEscrow.Payout memory payout = payoutTo(recipient);
        IWalnutEscrow.Signature memory signature = linkSignatureOf(1, payout);
        bytes32[] memory path = NoteTree.path(notes, 0);
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.InvalidLinkSignature.selector, notes[0].linkKey));
        escrow.exit(terms, notes[0], path, payout, signature);
    }

    function testFuzz_aNoteWithTheZeroLinkKeyIsNobodys(bytes32 r, bytes32 vs) public {
        IWalnutEscrow.Note[] memory notes = notesOf(2, 1 ether);
        notes[0].linkKey = address(0);
        IWalnutEscrow.DepositTerms memory terms = depositNative(notes);
        bytes32[] memory path = NoteTree.path(notes, 0);
        IWalnutEscrow.Payout memory payout = payoutTo(recipient);
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.InvalidLinkSignature.selector, address(0)));
        escrow.exit(terms, notes[0], path, payout, IWalnutEscrow.Signature(r, vs));
    }
}
