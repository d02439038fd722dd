// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../src/interfaces/IWalnutEscrow.sol";
import {EscrowTest} from "./base/EscrowTest.sol";
import {Burner, Reenterer, Refuser, ReturnBomb, RevertBomb} from "./recipients/Recipients.sol";

contract ClaimManyTest is EscrowTest {
    uint256 private constant ITEM_GAS = 150_000;

    function setUp() public override {
        super.setUp();
        depositNative(notesOf(50, 1 ether));
    }

    function itemsTo(address[] memory recipients) private view returns (IWalnutEscrow.ClaimItem[] memory items) {
        items = new IWalnutEscrow.ClaimItem[](recipients.length);
        for (uint256 i = 0; i < items.length; i++) {
            items[i] = itemOf(i, NATIVE, 1 ether, payoutTo(recipients[i], 0.01 ether));
        }
    }

    function recipientsOf(uint256 count) private returns (address[] memory recipients) {
        recipients = new address[](count);
        for (uint256 i = 0; i < count; i++) {
            recipients[i] = fresh(vm.toString(i));
        }
    }

    function testFuzz_everyGoodItemIsPaidAndEveryBadOneTold(uint256 badOnes) public {
        address[] memory recipients = recipientsOf(16);
        IWalnutEscrow.ClaimItem[] memory items = itemsTo(recipients);
        uint256 paid;
        for (uint256 i = 0; i < 16; i++) {
            if (badOnes >> i & 1 == 1) {
                items[i].payout.recipient = thief;
                vm.expectEmit(address(escrow));
                emit IWalnutEscrow.ClaimSkipped(
                    items[i].voucher.linkKey, i, IWalnutEscrow.InvalidLinkSignature.selector
                );
            } else {
                paid++;
            }
        }
        escrow.claimMany(items, ITEM_GAS);

        for (uint256 i = 0; i < 16; i++) {
            bool good = badOnes >> i & 1 == 0;
            vm.assertEq(recipients[i].balance, good ? 0.99 ether : 0);
            vm.assertEq(escrow.isRedeemed(items[i].voucher.linkKey), good);
        }
        vm.assertEq(thief.balance, 0);
        vm.assertEq(relayer.balance, paid * 0.01 ether);
    }

    function test_theSameItemTwiceIsPaidOnce() public {
        IWalnutEscrow.ClaimItem[] memory items = new IWalnutEscrow.ClaimItem[](2);
        items[0] = itemOf(0, NATIVE, 1 ether, payoutTo(recipient));
        items[1] = items[0];
        vm.expectEmit(address(escrow));
        emit IWalnutEscrow.ClaimSkipped(items[0].voucher.linkKey, 1, IWalnutEscrow.AlreadyRedeemed.selector);
        escrow.claimMany(items, ITEM_GAS);
        vm.assertEq(recipient.balance, 1 ether);
    }

    function test_recipientsThatRevertBurnOrBombDoNotSinkTheOthers() public {
        address[] memory recipients = recipientsOf(6);
        recipients[0] = address(new Refuser());
        recipients[1] = address(new Burner());
        recipients[2] = address(new RevertBomb());
        recipients[4] = address(new ReturnBomb());
        IWalnutEscrow.ClaimItem[] memory items = itemsTo(recipients);

        uint256 before = gasleft();
        escrow.claimMany(items, ITEM_GAS);
        uint256 used = before - gasleft();

        vm.assertLe(used, 6 * (ITEM_GAS + 10_000), "a recipient cost more than its item's gas");
        vm.assertEq(recipients[3].balance, 0.99 ether);
        vm.assertEq(recipients[5].balance, 0.99 ether);
        for (uint256 i = 0; i < 3; i++) {
            vm.assertEq(recipients[i].balance, 0);
            vm.assertFalse(escrow.isRedeemed(items[i].voucher.linkKey));
        }
    }

    function test_anItemWithABadRelayerIsUndoneAsAWhole() public {
        IWalnutEscrow.ClaimItem[] memory items = new IWalnutEscrow.ClaimItem[](2);
        IWalnutEscrow.Payout memory payout = payoutTo(recipient, 0.5 ether);
        payout.relayer = address(new Refuser());
        items[0] = itemOf(0, NATIVE, 1 ether, payout);
        items[1] = itemOf(1, NATIVE, 1 ether, payoutTo(recipient));
        escrow.claimMany(items, ITEM_GAS);
        vm.assertEq(recipient.balance, 1 ether);
        vm.assertFalse(escrow.isRedeemed(items[0].voucher.linkKey));
    }

    function testFuzz_tooLittleGasRevertsAllRatherThanSkipAny(uint256 gasLimit) public {
        address[] memory recipients = recipientsOf(4);
        IWalnutEscrow.ClaimItem[] memory items = itemsTo(recipients);
        bytes memory data = abi.encodeCall(escrow.claimMany, (items, ITEM_GAS));
        gasLimit = bound(gasLimit, 50_000, 600_000);
        (bool ok,) = address(escrow).call{gas: gasLimit}(data);
        for (uint256 i = 0; i < 4; i++) {
            vm.assertEq(recipients[i].balance, ok ? 0.99 ether : 0);
            vm.assertEq(escrow.isRedeemed(items[i].voucher.linkKey), ok);
        }
    }

    function testFuzz_tooLittleGasForAnItemLosesNothing(uint256 gasPerItem) public {
        address[] memory recipients = recipientsOf(3);
        IWalnutEscrow.ClaimItem[] memory items = itemsTo(recipients);
        escrow.claimMany(items, bound(gasPerItem, 0, ITEM_GAS));
        for (uint256 i = 0; i < 3; i++) {
            bool paid = recipients[i].balance == 0.99 ether;
            vm.assertTrue(paid || recipients[i].balance == 0);
            vm.assertEq(escrow.isRedeemed(items[i].voucher.linkKey), paid);
        }
        escrow.claimMany(items, ITEM_GAS);
        for (uint256 i = 0; i < 3; i++) {
            vm.assertEq(recipients[i].balance, 0.99 ether);
        }
        vm.assertEq(relayer.balance, 0.03 ether);
    }

    function test_moreGasPerItemThanThereIsIsRefusedWithWhatIsNeeded() public {
        IWalnutEscrow.ClaimItem[] memory items = itemsTo(recipientsOf(1));
        vm.expectRevert(
            abi.encodeWithSelector(IWalnutEscrow.InsufficientGas.selector, 63_000_000_000 + 1_000_000_000 + 5_000)
        );
        escrow.claimMany(items, 63_000_000_000);
    }

    function test_aBatchWithinABatchPaysEachNoteOnce() public {
        Reenterer account = new Reenterer();
        address[] memory recipients = recipientsOf(3);
        recipients[0] = address(account);
        IWalnutEscrow.ClaimItem[] memory items = itemsTo(recipients);
        account.arm(address(escrow), abi.encodeCall(escrow.claimMany, (items, 120_000)));
        escrow.claimMany(items, 600_000);

        vm.assertTrue(account.called());
        vm.assertEq(address(account).balance, 0.99 ether);
        vm.assertEq(recipients[1].balance, 0.99 ether);
        vm.assertEq(recipients[2].balance, 0.99 ether);
        vm.assertEq(address(escrow).balance, 47 ether);
    }

    function test_aMalformedItemDoesNotSinkTheOthers() public {
        IWalnutEscrow.ClaimItem[] memory items = itemsTo(recipientsOf(2));
        bytes memory data = abi.encodeCall(escrow.claimMany, (items, ITEM_GAS));
        // The first item's words begin after selector, offset, gas and length: make dirty its token,
        // link key and recipient.
        for (uint256 i = 0; i < 3; i++) {
            data[4 + 3 * 32 + [uint256(0), 2, 5][i] * 32] = 0xff;
        }
        (bool ok,) = address(escrow).call(data);
        vm.assertTrue(ok);
        vm.assertEq(items[1].payout.recipient.balance, 0.99 ether);
        vm.assertFalse(escrow.isRedeemed(items[0].voucher.linkKey));
    }

    function test_aPauseStopsTheWholeBatch() public {
        IWalnutEscrow.ClaimItem[] memory items = itemsTo(recipientsOf(2));
        vm.prank(guardian);
        escrow.pause();
        vm.expectRevert(IWalnutEscrow.EscrowPaused.selector);
        escrow.claimMany(items, ITEM_GAS);
    }
}
