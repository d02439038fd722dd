// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {WalnutEscrow} from "../../src/WalnutEscrow.sol";
import {Test} from "../base/Test.sol";
import {GhostBatch, GhostNote, GhostSheet} from "./Ghost.sol";
import {Handler} from "./Handler.sol";

/// @dev The properties of PROPERTIES.md, under their ids: the balance sheet and the control after each
/// call of each run, deposits and notes, which only grow, after the last. (What a call does to its own
/// note and deposit is checked by the handler in the call.)
contract EscrowInvariants is Test {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Handler private handler;
    WalnutEscrow private escrow;

    function setUp() public {
        handler = new Handler();
        escrow = handler.theEscrow();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        bytes4[13] memory calls = [
            handler.senderDeposits.selector,
            handler.senderDepositsMany.selector,
            // Twice: there are many notes to a deposit.
            handler.recipientClaims.selector,
            handler.recipientClaims.selector,
            handler.relayerClaimsMany.selector,
            handler.recipientExits.selector,
            handler.thiefTampers.selector,
            handler.thiefExitsFromAnotherDeposit.selector,
            handler.thiefForcesIn.selector,
            handler.ownerAddsSigner.selector,
            handler.ownerRemovesSigner.selector,
            handler.guardianPauses.selector,
            handler.ownerUnpauses.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0].addr = address(handler);
        targets[0].selectors = new bytes4[](14);
        for (uint256 i = 0; i < 13; i++) {
            targets[0].selectors[i] = calls[i];
        }
        targets[0].selectors[13] = handler.timePasses.selector;
    }

    /// @dev All in one, so that one run is paid for once.
    function invariant_ESC() public view {
        // ESC-4, 6, 7, 9, 10, 11, 12: what the handler saw happen that must not, or not that must.
        vm.assertEq(handler.breach(), "");
        balanceSheet();
        control();
    }

    function afterInvariant() public view {
        deposits();
        notes();
    }

    function balanceSheet() private view {
        for (uint256 c = 0; c < 3; c++) {
            address coin = handler.coins(c);
            GhostSheet memory sheet = handler.sheet(coin);
            uint256 held = handler.balanceOf(coin, address(escrow));
            vm.assertEq(sheet.deposited + sheet.forcedIn, sheet.claimed + sheet.exited + held, "ESC-1");
            vm.assertGe(held, sheet.deposited - sheet.claimed - sheet.exited, "ESC-2");

            vm.assertEq(handler.gains(coin), sheet.claimed + sheet.exited, "ESC-3");
            vm.assertEq(handler.balanceOf(coin, handler.theThief()), 0, "ESC-4");
        }
    }

    function deposits() private view {
        for (uint256 i = 0; i < handler.batchCount(); i++) {
            GhostBatch memory batch = handler.batchAt(i);
            bytes32 id = keccak256(abi.encode(batch.terms.token, batch.terms.amount, batch.terms.notesRoot));
            (address depositor, uint96 since) = escrow.depositOf(id);
            vm.assertEq(depositor, batch.depositor, "ESC-5");
            vm.assertEq(since, batch.time, "ESC-5");
            vm.assertEq(escrow.exitedOf(id), batch.exited, "ESC-6");
            vm.assertLe(batch.exited, batch.terms.amount, "ESC-6");
        }
    }

    function notes() private view {
        uint256[3] memory fees;
        for (uint256 i = 0; i < handler.noteCount(); i++) {
            GhostNote memory ghost = handler.noteAt(i);
            vm.assertTrue(escrow.isRedeemed(ghost.note.linkKey) == ghost.paid, "ESC-7");
            address coin = handler.batchAt(ghost.batch).terms.token;
            for (uint256 c = 0; c < 3; c++) {
                if (coin == handler.coins(c)) fees[c] += ghost.fee;
            }
        }
        for (uint256 c = 0; c < 3; c++) {
            vm.assertEq(handler.balanceOf(handler.coins(c), handler.theRelayer()), fees[c], "ESC-8");
        }
    }

    function control() private view {
        for (uint256 i = 0; i < 3; i++) {
            vm.assertTrue(escrow.isSigner(handler.signerAt(i)) == handler.isActive(i), "ESC-9");
            vm.assertEq(escrow.signerActiveFrom(handler.signerAt(i)), handler.activeFrom(i), "ESC-9");
        }
        vm.assertTrue(escrow.paused() == handler.ghostPaused(), "ESC-10");
    }
}
