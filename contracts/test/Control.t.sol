// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {WalnutEscrow} from "../src/WalnutEscrow.sol";
import {IWalnutEscrow} from "../src/interfaces/IWalnutEscrow.sol";
import {EscrowTest, SignedClaim} from "./base/EscrowTest.sol";

contract ControlTest is EscrowTest {
    uint256 private constant SECOND_KEY = uint256(keccak256("second enclave"));

    address private second = vm.addr(SECOND_KEY);

    /* SIGNERS */

    function claimSignedBy(uint256 key, uint256 link) private returns (bool ok, bytes4 reason) {
        vm.deal(address(escrow), 1 ether);
        SignedClaim memory item = itemOf(link, NATIVE, 1 ether, payoutTo(recipient));
        item.voucherSignature = sign(key, voucherDigest(address(escrow), voucherOf(link, NATIVE, 1 ether)));
        bytes memory answer;
        (ok, answer) = address(escrow).call(claimCall(item));
        reason = bytes4(answer);
    }

    function assertPays(uint256 key, uint256 link) private {
        (bool ok,) = claimSignedBy(key, link);
        vm.assertTrue(ok);
    }

    function assertRefused(uint256 key, uint256 link) private {
        (bool ok, bytes4 reason) = claimSignedBy(key, link);
        vm.assertFalse(ok);
        vm.assertEq(bytes32(reason), bytes32(IWalnutEscrow.InvalidVoucher.selector));
    }

    function testFuzz_aSignerIsActiveOnlyAfterTheDelay(uint256 wait) public {
        wait = bound(wait, 0, 2 * DELAY);
        vm.expectEmit(address(escrow));
        emit IWalnutEscrow.SignerAdded(second, time() + DELAY);
        vm.prank(owner);
        escrow.addSigner(second);
        vm.assertEq(escrow.signerActiveFrom(second), time() + DELAY);

        vm.warp(time() + wait);
        vm.assertEq(escrow.isSigner(second), wait >= DELAY);
        if (wait >= DELAY) assertPays(SECOND_KEY, 0);
        else assertRefused(SECOND_KEY, 0);
        assertPays(ENCLAVE_KEY, 1);
    }

    function testFuzz_removingASignerIsAtOnceAndLeavesTheOthers(bool latest) public {
        addActiveSigner(escrow, SECOND_KEY);
        uint256 removed = latest ? SECOND_KEY : ENCLAVE_KEY;
        assertPays(removed, 0);

        vm.expectEmit(address(escrow));
        emit IWalnutEscrow.SignerRemoved(vm.addr(removed));
        vm.prank(owner);
        escrow.removeSigner(vm.addr(removed));

        vm.assertFalse(escrow.isSigner(vm.addr(removed)));
        vm.assertEq(escrow.signerActiveFrom(vm.addr(removed)), 0);
        assertRefused(removed, 1);
        assertPays(latest ? ENCLAVE_KEY : SECOND_KEY, 2);
    }

    function test_aSignerThatWasRemovedWaitsAgain() public {
        vm.startPrank(owner);
        escrow.removeSigner(vm.addr(ENCLAVE_KEY));
        escrow.addSigner(vm.addr(ENCLAVE_KEY));
        vm.stopPrank();
        assertRefused(ENCLAVE_KEY, 0);
        vm.warp(time() + DELAY);
        assertPays(ENCLAVE_KEY, 0);
    }

    function test_withNoSignerEveryVoucherIsRefused() public {
        vm.prank(owner);
        escrow.removeSigner(vm.addr(ENCLAVE_KEY));
        assertRefused(ENCLAVE_KEY, 0);

        escrow = new WalnutEscrow(owner, guardian, 0);
        assertRefused(ENCLAVE_KEY, 0);
    }

    function testFuzz_aSignatureThatIsNoneIsNoSigners(bytes32 r, bytes32 vs, bool withSigner) public {
        // With r zero or above the field no key can be recovered.
        r = uint256(r) % 2 == 0 ? bytes32(0) : bytes32(type(uint256).max - uint256(r) % 1000);
        if (!withSigner) {
            vm.prank(owner);
            escrow.removeSigner(vm.addr(ENCLAVE_KEY));
        }
        SignedClaim memory item = itemOf(0, NATIVE, 1 ether, payoutTo(recipient));
        item.voucherSignature = IWalnutEscrow.Signature(r, vs);
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.InvalidVoucher.selector, linkAt(0), address(0)));
        claim(item);
    }

    function test_theSignerSetRefusesZeroTwiceAndUnknown() public {
        vm.startPrank(owner);
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.InvalidSigner.selector, address(0)));
        escrow.addSigner(address(0));
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.InvalidSigner.selector, vm.addr(ENCLAVE_KEY)));
        escrow.addSigner(vm.addr(ENCLAVE_KEY));
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.UnknownSigner.selector, second));
        escrow.removeSigner(second);
    }

    function testFuzz_theDelayIsFixedAndAtMostAYear(uint256 delay) public {
        if (delay <= 365 days) {
            vm.assertEq(new WalnutEscrow(owner, guardian, delay).signerDelay(), delay);
        } else {
            vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.InvalidSignerDelay.selector, 365 days));
            new WalnutEscrow(owner, guardian, delay);
        }
    }

    function test_withoutADelayASignerIsActiveAtOnce() public {
        escrow = new WalnutEscrow(owner, guardian, 0);
        vm.prank(owner);
        escrow.addSigner(vm.addr(ENCLAVE_KEY));
        assertPays(ENCLAVE_KEY, 0);
    }

    /* PAUSE */

    function testFuzz_onlyOwnerAndGuardianPause(address caller) public {
        if (caller != owner && caller != guardian) {
            vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.NotGuardian.selector, caller));
        }
        vm.prank(caller);
        escrow.pause();
        vm.assertEq(escrow.paused(), caller == owner || caller == guardian);

        vm.prank(owner);
        escrow.pause();
        vm.assertTrue(escrow.paused());
    }

    function test_aPauseStopsDepositsAndClaimsUntilTheOwnerEndsIt() public {
        vm.prank(guardian);
        escrow.pause();
        (bool ok, bytes4 reason) = claimSignedBy(ENCLAVE_KEY, 0);
        vm.assertFalse(ok);
        vm.assertEq(bytes32(reason), bytes32(IWalnutEscrow.EscrowPaused.selector));
        vm.startPrank(treasury);
        vm.expectRevert(IWalnutEscrow.EscrowPaused.selector);
        escrow.deposit{value: 1}(NATIVE, 1, 0);
        vm.expectRevert(IWalnutEscrow.EscrowPaused.selector);
        escrow.depositMany(new IWalnutEscrow.DepositTerms[](0));
        IWalnutEscrow.Permit memory permit;
        vm.expectRevert(IWalnutEscrow.EscrowPaused.selector);
        escrow.depositWithPermit(thief, 1, 0, permit);
        IWalnutEscrow.Authorization memory authorization;
        vm.expectRevert(IWalnutEscrow.EscrowPaused.selector);
        escrow.depositWithAuthorization(thief, 1, 0, authorization);
        vm.stopPrank();

        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, guardian));
        vm.prank(guardian);
        escrow.unpause();
        vm.prank(owner);
        escrow.unpause();
        assertPays(ENCLAVE_KEY, 0);
    }

    function test_aPauseOutlastsAChangeOfSigners() public {
        vm.prank(guardian);
        escrow.pause();
        vm.startPrank(owner);
        escrow.addSigner(second);
        vm.assertTrue(escrow.paused());
        escrow.removeSigner(second);
        vm.assertTrue(escrow.paused());
        vm.stopPrank();
        vm.assertEq(escrow.guardian(), guardian);
    }

    /* OWNER */

    function testFuzz_onlyTheOwnerControls(address caller) public {
        vm.assume(caller != owner && caller != address(0));
        bytes memory refused = abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, caller);
        vm.startPrank(caller);
        vm.expectRevert(refused);
        escrow.addSigner(second);
        vm.expectRevert(refused);
        escrow.removeSigner(vm.addr(ENCLAVE_KEY));
        vm.expectRevert(refused);
        escrow.setGuardian(caller);
        vm.expectRevert(refused);
        escrow.unpause();
        vm.expectRevert(refused);
        escrow.transferOwnership(caller);
        vm.expectRevert(refused);
        escrow.acceptOwnership();
    }

    function testFuzz_ownershipMovesInTwoSteps(address next) public {
        vm.assume(next != owner && next != address(0));
        vm.prank(owner);
        escrow.transferOwnership(next);
        vm.assertEq(escrow.owner(), owner);
        vm.assertEq(escrow.pendingOwner(), next);
        vm.prank(next);
        escrow.acceptOwnership();
        vm.assertEq(escrow.owner(), next);
    }

    function test_ownershipCannotBeGivenUp() public {
        vm.expectRevert(IWalnutEscrow.OwnerRequired.selector);
        vm.prank(owner);
        escrow.renounceOwnership();
    }

    function testFuzz_theGuardianCanBeReplacedAndLeftOut(address next) public {
        vm.expectEmit(address(escrow));
        emit IWalnutEscrow.GuardianChanged(guardian, next);
        vm.prank(owner);
        escrow.setGuardian(next);
        vm.assertEq(escrow.guardian(), next);
    }

    function test_theOwnerHasNoWayToTheMoney() public {
        // Every function that the owner alone may call, with money in the escrow: none moves it.
        vm.deal(address(escrow), 10 ether);
        vm.startPrank(owner);
        escrow.pause();
        escrow.unpause();
        escrow.setGuardian(owner);
        escrow.addSigner(second);
        escrow.removeSigner(second);
        escrow.transferOwnership(thief);
        vm.stopPrank();
        vm.assertEq(address(escrow).balance, 10 ether);
    }
}
