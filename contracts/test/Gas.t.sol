// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../src/interfaces/IWalnutEscrow.sol";
import {EscrowTest} from "./base/EscrowTest.sol";

/// forge-config: default.isolate = true
contract GasTest is EscrowTest {
    function test_a_depositOf100() public {
        IWalnutEscrow.DepositTerms memory terms = termsOf(NATIVE, notesOf(100, 1 ether));
        vm.prank(treasury);
        escrow.deposit{value: terms.amount}(NATIVE, terms.amount, terms.notesRoot);
        vm.snapshotGasLastCall("Escrow", "deposit 100");
    }
    function test_b_claimFresh() public {
        depositNative(notesOf(100, 1 ether));
        IWalnutEscrow.ClaimItem memory item = itemOf(0, NATIVE, 1 ether, payoutTo(recipient));
        claim(item);
        vm.snapshotGasLastCall("Escrow", "claim fresh");
    }
    function test_c_claimExisting() public {
        depositNative(notesOf(100, 1 ether));
        vm.deal(recipient, 1 ether);
        IWalnutEscrow.ClaimItem memory item = itemOf(0, NATIVE, 1 ether, payoutTo(recipient));
        claim(item);
        vm.snapshotGasLastCall("Escrow", "claim existing");
    }
    function test_d_claimExistingSelf() public {
        depositNative(notesOf(100, 1 ether));
        vm.deal(recipient, 1 ether);
        IWalnutEscrow.ClaimItem memory item = itemOf(0, NATIVE, 1 ether, payoutTo(recipient));
        vm.prank(recipient, recipient);
        claim(item);
        vm.snapshotGasLastCall("Escrow", "claim existing self");
    }
    function test_e_exit() public {
        IWalnutEscrow.Note[] memory notes = notesOf(100, 1 ether);
        exit(notes, 0, depositNative(notes), recipient);
        vm.snapshotGasLastCall("Escrow", "exit");
    }
}
