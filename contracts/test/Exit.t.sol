// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../src/interfaces/IWalnutEscrow.sol";
import {EscrowTest} from "./base/EscrowTest.sol";
import {Note, NoteTree} from "./base/NoteTree.sol";
import {PlainToken} from "./tokens/Tokens.sol";

contract ExitTest is EscrowTest {
    function testFuzz_exitPaysEachNoteOfATokenDeposit(uint256[6] memory amounts, uint256 fee) public {
        PlainToken token = new PlainToken();
        Note[] memory notes = new Note[](6);
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
            exit(exitOf(terms, notes, i, i, payoutTo(recipient, part)));
        }
        vm.assertEq(token.balanceOf(recipient), terms.amount - fees);
        vm.assertEq(token.balanceOf(relayer), fees);
        vm.assertEq(escrow.exitedOf(depositIdOf(terms)), terms.amount);
    }

    function test_exitNeedsNeitherSignerNorGuardianNorOwner() public {
        Note[] memory notes = notesOf(3, 1 ether);
        IWalnutEscrow.DepositTerms memory terms = depositNative(notes);
        vm.prank(owner);
        escrow.removeSigner(vm.addr(ENCLAVE_KEY));
        vm.prank(guardian);
        escrow.pause();
        exit(notes, 2, terms, recipient);
        vm.assertEq(recipient.balance, 1 ether);
    }

    function testFuzz_exitRefusesAnUnknownDeposit(address token, uint256 amount, bytes32 root) public {
        Note[] memory notes = notesOf(1, 1 ether);
        ExitItem memory item =
            exitOf(IWalnutEscrow.DepositTerms(token, amount, root), notes, 0, 0, payoutTo(recipient));
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.UnknownDeposit.selector, depositIdOf(item.deposit)));
        exit(item);
    }

    function testFuzz_exitRefusesATokenLongerThan20Bytes(uint256 dirt) public {
        Note[] memory notes = notesOf(1, 1 ether);
        ExitItem memory item = exitOf(depositNative(notes), notes, 0, 0, payoutTo(recipient));
        uint256 token = bound(dirt, 1, type(uint96).max) << 160;
        bytes memory data = exitCall(item);
        assembly ("memory-safe") {
            mstore(add(data, 0x24), token)
        }
        (bool ok, bytes memory answer) = address(escrow).call(data);
        vm.assertFalse(ok);
        vm.assertEq(answer, abi.encodeWithSelector(IWalnutEscrow.MalformedAddress.selector));
    }

    function refusesAsNotIn(ExitItem memory item, address linkKey) private {
        vm.expectRevert(
            abi.encodeWithSelector(IWalnutEscrow.NotInDeposit.selector, item.deposit.notesRoot, linkKey)
        );
        exit(item);
    }

    function testFuzz_exitRefusesANoteThatIsNotInTheTree(uint256 amount, bytes32 salt, uint256 link) public {
        Note[] memory notes = notesOf(5, 1 ether);
        IWalnutEscrow.DepositTerms memory deposit = depositNative(notes);
        Note[] memory others = notesOf(5, 1 ether);
        others[0] = Note(linkAt(link), amount, salt);
        vm.assume(NoteTree.leaf(others[0]) != NoteTree.leaf(notes[0]));
        ExitItem memory item = exitOf(deposit, others, 0, link, payoutTo(recipient));
        item.path = NoteTree.path(notes, 0);
        refusesAsNotIn(item, linkAt(link));
    }

    function testFuzz_exitRefusesAPathWithAnythingChanged(uint256 at_, uint256 bit) public {
        Note[] memory notes = notesOf(9, 1 ether);
        ExitItem memory item = exitOf(depositNative(notes), notes, 0, 0, payoutTo(recipient));
        item.path[at_ % item.path.length] ^= bytes32(1 << bit % 256);
        refusesAsNotIn(item, linkAt(0));
    }

    function test_anInnerNodeIsNoNote() public {
        // A tree of two: the root hashes 64 bytes, a note 96; and a leaf is hashed twice. So with
        // the root given as the leaf's own hash, an empty path leads nowhere.
        Note[] memory notes = notesOf(2, 1 ether);
        ExitItem memory item = exitOf(depositNative(notes), notes, 0, 0, payoutTo(recipient));
        item.path = new bytes32[](0);
        refusesAsNotIn(item, linkAt(0));
    }

    function test_exitRefusesTheSignatureOfAnotherLinkKey() public {
        // Of the same tree, and for the same amount: the salts differ, and so do the places.
        Note[] memory notes = notesOf(2, 1 ether);
        ExitItem memory item = exitOf(depositNative(notes), notes, 0, 1, payoutTo(recipient));
        refusesAsNotIn(item, linkAt(1));
    }

    function testFuzz_exitRefusesALinkSignatureOverOtherMoney(address token, uint256 amount) public {
        Note[] memory notes = notesOf(2, 1 ether);
        ExitItem memory item = exitOf(depositNative(notes), notes, 0, 0, payoutTo(recipient));
        vm.assume(token != NATIVE || amount != 1 ether);
        IWalnutEscrow.Claim memory other = termsFor(token, amount, payoutTo(recipient));
        item.linkSignature = linkSignatureOf(0, other);
        vm.expectPartialRevert(IWalnutEscrow.NotInDeposit.selector);
        exit(item);
        vm.assertFalse(escrow.isRedeemed(linkAt(0)));
    }

    function testFuzz_aNoteWithTheZeroLinkKeyIsNobodys(bytes32 r, bytes32 vs) public {
        // For about half of all r there is no signature with it: so nobody signed, as the note has it.
        Note[] memory notes = notesOf(2, 1 ether);
        notes[0].linkKey = address(0);
        ExitItem memory item = exitOf(depositNative(notes), notes, 0, 0, payoutTo(recipient));
        item.linkSignature = IWalnutEscrow.Signature(r, vs);
        address linkKey = ecrecover(
            claimDigest(address(escrow), item.terms),
            uint8(uint256(vs) >> 255) + 27,
            r,
            bytes32(uint256(vs) << 1 >> 1)
        );
        if (linkKey == address(0)) vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.AlreadyRedeemed.selector, address(0)));
        else vm.expectPartialRevert(IWalnutEscrow.NotInDeposit.selector);
        exit(item);
    }
}
