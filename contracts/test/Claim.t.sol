// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../src/interfaces/IWalnutEscrow.sol";
import {ClaimMessages} from "../src/libraries/ClaimMessages.sol";
import {EscrowTest, Payout, SignedClaim} from "./base/EscrowTest.sol";
import {AccountProxy, Refuser, SmartAccount} from "./recipients/Recipients.sol";
import {PlainToken, RefusingToken, SilentToken} from "./tokens/Tokens.sol";

contract ClaimTest is EscrowTest {
    PlainToken private token;

    function setUp() public override {
        super.setUp();
        token = new PlainToken();
        vm.deal(address(escrow), 100 ether);
        token.mint(address(escrow), MAX_AMOUNT);
    }

    function testFuzz_claimPaysAmountLessFeeAndTheFee(
        bool native,
        uint256 amount,
        uint256 fee,
        uint256 link,
        address sender,
        uint256 wait
    ) public {
        amount = bound(amount, 1, MAX_AMOUNT);
        fee = bound(fee, 0, amount);
        vm.deal(address(escrow), amount);
        address coin = native ? NATIVE : address(token);
        uint256 held = native ? amount : token.balanceOf(address(escrow));
        SignedClaim memory item = itemOf(link, coin, amount, payoutTo(recipient, fee));
        vm.warp(time() + bound(wait, 0, 1 hours));

        vm.expectEmit(address(escrow));
        if (native) emit IWalnutEscrow.Claimed(linkAt(link), amount, recipient);
        else emit IWalnutEscrow.TokenClaimed(linkAt(link), coin, amount, recipient);
        vm.prank(sender);
        claim(item);

        vm.assertEq(native ? recipient.balance : token.balanceOf(recipient), amount - fee);
        vm.assertEq(native ? relayer.balance : token.balanceOf(relayer), fee);
        vm.assertEq(native ? address(escrow).balance : token.balanceOf(address(escrow)), held - amount);
        vm.assertTrue(escrow.isRedeemed(linkAt(link)));
    }

    function testFuzz_claimRefusesAFeeAboveTheAmount(uint256 amount, uint256 fee) public {
        amount = bound(amount, 1, MAX_AMOUNT);
        fee = bound(fee, amount + 1, type(uint256).max);
        SignedClaim memory item = itemOf(0, NATIVE, amount, payoutTo(recipient, fee));
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.FeeExceedsAmount.selector, amount));
        claim(item);
    }

    function test_claimRefusesAFeeForNobody() public {
        Payout memory payout = payoutTo(recipient, 1);
        payout.relayer = address(0);
        SignedClaim memory item = itemOf(0, NATIVE, 1 ether, payout);
        vm.expectRevert(IWalnutEscrow.FeeWithoutRelayer.selector);
        claim(item);
    }

    function test_claimRefusesTheZeroRecipient() public {
        SignedClaim memory item = itemOf(0, NATIVE, 1 ether, payoutTo(address(0)));
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.InvalidRecipient.selector, address(0)));
        claim(item);
    }

    function test_claimRefusesToPayTheEscrowItself() public {
        SignedClaim memory item = itemOf(0, address(token), 1 ether, payoutTo(address(escrow)));
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.InvalidRecipient.selector, address(escrow)));
        claim(item);

        item = itemOf(0, NATIVE, 1 ether, payoutTo(address(escrow)));
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.NativeTransferFailed.selector, address(escrow)));
        claim(item);
    }

    function testFuzz_claimRefusesAddressesLongerThan20Bytes(uint256 word, uint256 dirt) public {
        // Signed by the link key and the enclave as they stand, so that only the length can be wrong.
        word = bound(word, 0, 2);
        dirt = bound(dirt, 1, type(uint96).max);
        SignedClaim memory item = itemOf(0, NATIVE, 1 ether, payoutTo(recipient, 0));
        uint256[6] memory words =
            [0, 1 ether, uint256(uint160(recipient)), 0, uint160(relayer), item.terms.deadline];
        words[[2, 4, 0][word]] |= dirt << 160;

        vm.expectRevert(IWalnutEscrow.MalformedAddress.selector);
        sendRaw(
            abi.encode(
                words,
                sign(linkKeyOf(0), digestOf(abi.encode(ClaimMessages.CLAIM_TYPEHASH, words))),
                sign(
                    ENCLAVE_KEY,
                    digestOf(abi.encode(ClaimMessages.VOUCHER_TYPEHASH, words[0], words[1], linkAt(0)))
                )
            )
        );
    }

    function digestOf(bytes memory encoded) private view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", domainOf(address(escrow)), keccak256(encoded)));
    }

    function sendRaw(bytes memory arguments) private {
        (bool ok, bytes memory answer) = address(escrow).call(bytes.concat(escrow.claim.selector, arguments));
        if (!ok) {
            assembly {
                revert(add(answer, 0x20), mload(answer))
            }
        }
    }

    function test_claimRefusesCutCalldata() public {
        SignedClaim memory item = itemOf(0, NATIVE, 1 ether, payoutTo(recipient));
        bytes memory data = claimCall(item);
        assembly {
            mstore(data, sub(mload(data), 1))
        }
        (bool ok,) = address(escrow).call(data);
        vm.assertFalse(ok);
    }

    function test_claimPaysASmartContractAccount() public {
        address account = address(new AccountProxy(address(new SmartAccount())));
        claim(itemOf(0, NATIVE, 1 ether, payoutTo(account)));
        vm.assertEq(account.balance, 1 ether);
        vm.assertEq(SmartAccount(payable(account)).received(), 1 ether);
    }

    function test_claimOfATokenThatReturnsNothingPays() public {
        SilentToken silent = new SilentToken();
        silent.mint(address(escrow), 1 ether);
        claim(itemOf(0, address(silent), 1 ether, payoutTo(recipient, 0.1 ether)));
        vm.assertEq(silent.balanceOf(recipient), 0.9 ether);
        vm.assertEq(silent.balanceOf(relayer), 0.1 ether);
    }

    function test_aClaimThatCannotPayLeavesTheNoteForAnotherDay() public {
        RefusingToken refusing = new RefusingToken();
        refusing.mint(address(escrow), 1 ether);
        refusing.setRefusing(true);
        SignedClaim memory item = itemOf(0, address(refusing), 1 ether, payoutTo(recipient));
        vm.expectRevert(abi.encodeWithSignature("TransferFailed()"));
        claim(item);
        vm.assertFalse(escrow.isRedeemed(linkAt(0)));

        refusing.setRefusing(false);
        claim(item);
        vm.assertEq(refusing.balanceOf(recipient), 1 ether);
    }

    function test_aRelayerThatRefusesItsFeeUndoesTheWholeClaim() public {
        Payout memory payout = payoutTo(recipient, 0.1 ether);
        payout.relayer = address(new Refuser());
        SignedClaim memory item = itemOf(0, NATIVE, 1 ether, payout);
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.NativeTransferFailed.selector, payout.relayer));
        claim(item);
        vm.assertEq(recipient.balance, 0);
        vm.assertFalse(escrow.isRedeemed(linkAt(0)));
    }

    function testFuzz_claimWithTooLittleGasChangesNothing(uint256 gasLimit) public {
        SignedClaim memory item = itemOf(0, NATIVE, 1 ether, payoutTo(recipient, 0.1 ether));
        bytes memory data = claimCall(item);
        (bool ok,) = address(escrow).call{gas: bound(gasLimit, 0, 150_000)}(data);
        vm.assertEq(ok, recipient.balance == 0.9 ether);
        vm.assertEq(ok, relayer.balance == 0.1 ether);
        vm.assertEq(ok, escrow.isRedeemed(linkAt(0)));
    }
}
