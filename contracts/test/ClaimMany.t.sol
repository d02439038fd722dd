// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../src/interfaces/IWalnutEscrow.sol";
import {EscrowTest, Payout, SignedClaim} from "./base/EscrowTest.sol";
import {Burner, Reenterer, Refuser, ReturnBomb, RevertBomb} from "./recipients/Recipients.sol";

contract ClaimManyTest is EscrowTest {
    uint256 private constant ITEM_GAS = 150_000;

    function setUp() public override {
        super.setUp();
        depositNative(notesOf(50, 1 ether));
    }

    function itemsTo(address[] memory recipients) private view returns (SignedClaim[] memory items) {
        items = new SignedClaim[](recipients.length);
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
        SignedClaim[] memory items = itemsTo(recipients);
        uint256 paid;
        for (uint256 i = 0; i < 16; i++) {
            if (badOnes >> i & 1 == 1) {
                items[i].terms.recipient = thief;
                vm.expectEmit(address(escrow));
                emit IWalnutEscrow.ClaimSkipped(i, IWalnutEscrow.InvalidVoucher.selector);
            } else {
                paid++;
            }
        }
        claimMany(items, ITEM_GAS);

        for (uint256 i = 0; i < 16; i++) {
            bool good = badOnes >> i & 1 == 0;
            vm.assertEq(recipients[i].balance, good ? 0.99 ether : 0);
            vm.assertEq(escrow.isRedeemed(linkAt(i)), good);
        }
        vm.assertEq(thief.balance, 0);
        vm.assertEq(relayer.balance, paid * 0.01 ether);
    }

    function test_theSameItemTwiceIsPaidOnce() public {
        SignedClaim[] memory items = new SignedClaim[](2);
        items[0] = itemOf(0, NATIVE, 1 ether, payoutTo(recipient));
        items[1] = items[0];
        vm.expectEmit(address(escrow));
        emit IWalnutEscrow.ClaimSkipped(1, IWalnutEscrow.AlreadyRedeemed.selector);
        claimMany(items, ITEM_GAS);
        vm.assertEq(recipient.balance, 1 ether);
    }

    function test_recipientsThatRevertBurnOrBombDoNotSinkTheOthers() public {
        address[] memory recipients = recipientsOf(6);
        recipients[0] = address(new Refuser());
        recipients[1] = address(new Burner());
        recipients[2] = address(new RevertBomb());
        recipients[4] = address(new ReturnBomb());
        SignedClaim[] memory items = itemsTo(recipients);

        uint256 before = gasleft();
        claimMany(items, ITEM_GAS);
        uint256 used = before - gasleft();

        vm.assertLe(used, 6 * (ITEM_GAS + 10_000), "a recipient cost more than its item's gas");
        vm.assertEq(recipients[3].balance, 0.99 ether);
        vm.assertEq(recipients[5].balance, 0.99 ether);
        for (uint256 i = 0; i < 3; i++) {
            vm.assertEq(recipients[i].balance, 0);
            vm.assertFalse(escrow.isRedeemed(linkAt(i)));
        }
    }

    function plainItemsTo(address[] memory recipients) private view returns (SignedClaim[] memory items) {
        items = new SignedClaim[](recipients.length);
        for (uint256 i = 0; i < items.length; i++) {
            items[i] = itemOf(i, NATIVE, 1 ether, payoutTo(recipients[i]));
        }
    }

    function test_recipientsThatArePaidInPlaceDoNotSinkTheOthersEither() public {
        address[] memory recipients = recipientsOf(5);
        recipients[0] = address(new Refuser());
        recipients[1] = address(new Burner());
        recipients[2] = address(new RevertBomb());
        recipients[3] = address(new ReturnBomb());
        SignedClaim[] memory items = plainItemsTo(recipients);
        for (uint256 i = 0; i < 4; i++) {
            vm.expectEmit(address(escrow));
            emit IWalnutEscrow.ClaimSkipped(i, IWalnutEscrow.NativeTransferFailed.selector);
        }
        vm.expectEmit(address(escrow));
        emit IWalnutEscrow.Claimed(linkAt(4), 1 ether, recipients[4]);

        uint256 before = gasleft();
        claimMany(items, ITEM_GAS);
        vm.assertLe(before - gasleft(), 5 * (ITEM_GAS + 10_000), "a recipient cost more than its item's gas");
        for (uint256 i = 0; i < 4; i++) {
            vm.assertEq(recipients[i].balance, 0);
            vm.assertFalse(escrow.isRedeemed(linkAt(i)));
        }
        vm.assertEq(recipients[4].balance, 1 ether);
        // What failed can be claimed to somebody else.
        claim(itemOf(0, NATIVE, 1 ether, payoutTo(recipient)));
        vm.assertEq(recipient.balance, 1 ether);
    }

    function test_aRecipientThatIsPaidInPlaceCannotRedeemTheNoteAgainFromWithin() public {
        Reenterer account = new Reenterer();
        address[] memory recipients = recipientsOf(2);
        recipients[0] = address(account);
        SignedClaim[] memory items = plainItemsTo(recipients);
        account.arm(address(escrow), claimCall(items[0]));
        claimMany(items, 1_000_000);
        vm.assertTrue(account.called());
        vm.assertFalse(account.succeeded());
        vm.assertEq(bytes32(bytes4(account.answer())), bytes32(IWalnutEscrow.AlreadyRedeemed.selector));
        vm.assertEq(address(account).balance, 1 ether);
        vm.assertEq(recipients[1].balance, 1 ether);
        vm.assertEq(address(escrow).balance, 48 ether);
    }

    function test_anItemWithABadRelayerIsUndoneAsAWhole() public {
        SignedClaim[] memory items = new SignedClaim[](2);
        Payout memory payout = payoutTo(recipient, 0.5 ether);
        payout.relayer = address(new Refuser());
        items[0] = itemOf(0, NATIVE, 1 ether, payout);
        payout.fee = 0;
        items[1] = itemOf(1, NATIVE, 1 ether, payout);
        claimMany(items, ITEM_GAS);
        vm.assertEq(recipient.balance, 1 ether);
        vm.assertFalse(escrow.isRedeemed(linkAt(0)));
    }

    function testFuzz_tooLittleGasRevertsAllRatherThanSkipAny(uint256 gasLimit) public {
        address[] memory recipients = recipientsOf(4);
        SignedClaim[] memory items = itemsTo(recipients);
        bytes memory data = claimManyCall(items, ITEM_GAS);
        gasLimit = bound(gasLimit, 50_000, 600_000);
        (bool ok,) = address(escrow).call{gas: gasLimit}(data);
        for (uint256 i = 0; i < 4; i++) {
            vm.assertEq(recipients[i].balance, ok ? 0.99 ether : 0);
            vm.assertEq(escrow.isRedeemed(linkAt(i)), ok);
        }
    }

    function testFuzz_tooLittleGasForAnItemLosesNothing(uint256 gasPerItem) public {
        address[] memory recipients = recipientsOf(3);
        SignedClaim[] memory items = itemsTo(recipients);
        claimMany(items, bound(gasPerItem, 0, ITEM_GAS));
        for (uint256 i = 0; i < 3; i++) {
            bool paid = recipients[i].balance == 0.99 ether;
            vm.assertTrue(paid || recipients[i].balance == 0);
            vm.assertEq(escrow.isRedeemed(linkAt(i)), paid);
        }
        claimMany(items, ITEM_GAS);
        for (uint256 i = 0; i < 3; i++) {
            vm.assertEq(recipients[i].balance, 0.99 ether);
        }
        vm.assertEq(relayer.balance, 0.03 ether);
    }

    function test_moreGasPerItemThanThereIsIsRefusedWithWhatIsNeeded() public {
        SignedClaim[] memory items = itemsTo(recipientsOf(1));
        vm.expectRevert(
            abi.encodeWithSelector(IWalnutEscrow.InsufficientGas.selector, 63_000_000_000 + 1_000_000_000 + 5_000)
        );
        claimMany(items, 63_000_000_000);
    }

    function test_aBatchWithinABatchPaysEachNoteOnce() public {
        Reenterer account = new Reenterer();
        address[] memory recipients = recipientsOf(3);
        recipients[0] = address(account);
        SignedClaim[] memory items = itemsTo(recipients);
        account.arm(address(escrow), claimManyCall(items, 120_000));
        claimMany(items, 600_000);

        vm.assertTrue(account.called());
        vm.assertEq(address(account).balance, 0.99 ether);
        vm.assertEq(recipients[1].balance, 0.99 ether);
        vm.assertEq(recipients[2].balance, 0.99 ether);
        vm.assertEq(address(escrow).balance, 47 ether);
    }

    function test_aMalformedItemDoesNotSinkTheOthers() public {
        SignedClaim[] memory items = itemsTo(recipientsOf(2));
        bytes memory data = claimManyCall(items, ITEM_GAS);
        // The first item's words begin after selector, token, relayer, offset, gas and length: make
        // dirty its recipient and deadline.
        data[4 + 5 * 32 + 32] = 0xff;
        data[4 + 5 * 32 + 3 * 32] = 0xff;
        (bool ok,) = address(escrow).call(data);
        vm.assertTrue(ok);
        vm.assertEq(items[1].terms.recipient.balance, 0.99 ether);
        vm.assertFalse(escrow.isRedeemed(linkAt(0)));
    }

    function test_aPauseStopsTheWholeBatch() public {
        SignedClaim[] memory items = itemsTo(recipientsOf(2));
        vm.prank(guardian);
        escrow.pause();
        vm.expectRevert(IWalnutEscrow.EscrowPaused.selector);
        claimMany(items, ITEM_GAS);
    }
}
