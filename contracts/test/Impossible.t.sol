// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../src/interfaces/IWalnutEscrow.sol";
import {EscrowTest} from "./base/EscrowTest.sol";
import {NoteTree} from "./base/NoteTree.sol";
import {Burner, Reenterer, Refuser} from "./recipients/Recipients.sol";
import {HookToken, PlainToken} from "./tokens/Tokens.sol";

/// @dev What must not be possible, one test for each way of trying.
contract ImpossibleTest is EscrowTest {
    /// @dev The order of secp256k1.
    uint256 private constant N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    IWalnutEscrow.Note[] private notes;
    IWalnutEscrow.DepositTerms private terms;

    function setUp() public override {
        super.setUp();
        IWalnutEscrow.Note[] memory made = notesOf(10, 1 ether);
        for (uint256 i = 0; i < made.length; i++) {
            notes.push(made[i]);
        }
        terms = depositNative(made);
    }

    function goodItem() private view returns (IWalnutEscrow.ClaimItem memory) {
        return itemOf(0, NATIVE, 1 ether, payoutTo(recipient, 0.1 ether));
    }

    function refuses(IWalnutEscrow.ClaimItem memory item, bytes4 reason) private {
        vm.expectPartialRevert(reason);
        claim(item);
    }

    /* THE SAME VOUCHER TWICE */

    function test_impossible_sameVoucherTwice() public {
        claim(goodItem());
        refuses(goodItem(), IWalnutEscrow.AlreadyRedeemed.selector);
        refuses(itemOf(0, NATIVE, 1 ether, payoutTo(thief)), IWalnutEscrow.AlreadyRedeemed.selector);
    }

    function testFuzz_impossible_sameVoucherTwiceUnderAnotherSignatureOfTheEnclave(uint256 nonce) public {
        claim(goodItem());
        IWalnutEscrow.ClaimItem memory item = goodItem();
        (uint8 v, bytes32 r, bytes32 s) = vm.signWithNonceUnsafe(
            ENCLAVE_KEY, voucherDigest(address(escrow), item.voucher), bound(nonce, 1, type(uint128).max)
        );
        if (uint256(s) > N / 2) {
            s = bytes32(N - uint256(s));
            v = v == 27 ? 28 : 27;
        }
        item.voucherSignature = IWalnutEscrow.Signature(r, bytes32(uint256(s) | uint256(v - 27) << 255));
        refuses(item, IWalnutEscrow.AlreadyRedeemed.selector);
    }

    function test_impossible_sameSignatureWithHighS() public {
        // The other signature of the pair (r, s), (r, n − s): its s does not fit beside the parity
        // bit, and cut to what fits it is not the enclave's, with either parity. So not even the
        // first claim can be made with it.
        IWalnutEscrow.ClaimItem memory item = goodItem();
        uint256 vs = uint256(item.voucherSignature.vs);
        uint256 high = N - (vs & type(uint256).max >> 1);
        vm.assertTrue(high >> 255 == 1, "the high s fits: choose another voucher");
        item.voucherSignature.vs = bytes32(high);
        refuses(item, IWalnutEscrow.InvalidVoucherSignature.selector);
        item.voucherSignature.vs = bytes32(high & type(uint256).max >> 1);
        refuses(item, IWalnutEscrow.InvalidVoucherSignature.selector);

        item = goodItem();
        vs = uint256(item.linkSignature.vs);
        item.linkSignature.vs = bytes32(N - (vs & type(uint256).max >> 1));
        refuses(item, IWalnutEscrow.InvalidLinkSignature.selector);
    }

    function test_impossible_sameSignatureIn65Bytes() public {
        IWalnutEscrow.ClaimItem memory item = goodItem();
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(ENCLAVE_KEY, voucherDigest(address(escrow), item.voucher));
        (uint8 linkV, bytes32 linkR, bytes32 linkS) =
            vm.sign(linkKeyOf(0), claimDigest(address(escrow), item.voucher.linkKey, item.payout));

        // As `bytes`, in a function of its own: there is none.
        (bool ok,) = address(escrow).call(
            abi.encodeWithSignature(
                "claim((address,uint256,address),bytes,(address,address,uint256,uint256),bytes)",
                item.voucher,
                abi.encodePacked(r, s, v),
                item.payout,
                abi.encodePacked(linkR, linkS, linkV)
            )
        );
        vm.assertFalse(ok);

        // As three words, r, s and v: s is read as vs, and v as the recipient.
        (ok,) = address(escrow).call(
            bytes.concat(
                escrow.claim.selector, abi.encode(item.voucher, r, s, v, item.payout, linkR, linkS, linkV)
            )
        );
        vm.assertFalse(ok);
        vm.assertFalse(escrow.isRedeemed(item.voucher.linkKey));
    }

    function testFuzz_impossible_anyOtherBitsOfASignature(bool ofVoucher, bool inR, uint256 flip) public {
        vm.assume(flip != 0);
        IWalnutEscrow.ClaimItem memory item = goodItem();
        IWalnutEscrow.Signature memory signature = ofVoucher ? item.voucherSignature : item.linkSignature;
        if (inR) signature.r ^= bytes32(flip);
        else signature.vs ^= bytes32(flip);
        refuses(
            item,
            ofVoucher
                ? IWalnutEscrow.InvalidVoucherSignature.selector
                : IWalnutEscrow.InvalidLinkSignature.selector
        );
    }

    /* A THIRD PARTY CHANGES THE CLAIM */

    function testFuzz_impossible_thirdPartyChangesRecipient(address other) public {
        vm.assume(other != recipient && other != address(0));
        IWalnutEscrow.ClaimItem memory item = goodItem();
        item.payout.recipient = other;
        vm.prank(thief);
        refuses(item, IWalnutEscrow.InvalidLinkSignature.selector);
    }

    function testFuzz_impossible_thirdPartyChangesRelayer(address other) public {
        vm.assume(other != relayer && other != address(0));
        IWalnutEscrow.ClaimItem memory item = goodItem();
        item.payout.relayer = other;
        vm.prank(other);
        refuses(item, IWalnutEscrow.InvalidLinkSignature.selector);
    }

    function testFuzz_impossible_thirdPartyChangesFee(uint256 fee) public {
        fee = bound(fee, 0, 1 ether);
        vm.assume(fee != 0.1 ether);
        IWalnutEscrow.ClaimItem memory item = goodItem();
        item.payout.fee = fee;
        refuses(item, IWalnutEscrow.InvalidLinkSignature.selector);
    }

    function testFuzz_impossible_thirdPartyChangesDeadline(uint256 deadline) public {
        IWalnutEscrow.ClaimItem memory item = goodItem();
        deadline = bound(deadline, time(), type(uint256).max);
        vm.assume(deadline != item.payout.deadline);
        item.payout.deadline = deadline;
        refuses(item, IWalnutEscrow.InvalidLinkSignature.selector);
    }

    function testFuzz_impossible_holderOfAVoucherChangesIt(address token, uint256 amount, uint256 link) public {
        IWalnutEscrow.ClaimItem memory item = goodItem();
        address linkKey = vm.addr(linkKeyOf(link));
        vm.assume(token != NATIVE || amount != 1 ether || linkKey != item.voucher.linkKey);
        item.voucher = IWalnutEscrow.Voucher(token, amount, linkKey);
        refuses(item, IWalnutEscrow.InvalidVoucherSignature.selector);
    }

    function test_impossible_frontRunnerTakesTheFee() public {
        vm.prank(thief);
        claim(goodItem());
        vm.assertEq(thief.balance, 0);
        vm.assertEq(relayer.balance, 0.1 ether);
    }

    /* REPLAY */

    function testFuzz_impossible_replayOnAnotherChain(uint64 chain) public {
        vm.assume(chain != vm.getChainId() && chain != 0);
        IWalnutEscrow.Payout memory payout = payoutTo(recipient);
        payout.deadline += DELAY;
        IWalnutEscrow.ClaimItem memory item = itemOf(0, NATIVE, 1 ether, payout);
        vm.chainId(chain);
        escrow = newEscrow();
        vm.deal(address(escrow), 1 ether);
        refuses(item, IWalnutEscrow.InvalidVoucherSignature.selector);
    }

    function test_impossible_replayOnAnotherEscrow() public {
        IWalnutEscrow.Payout memory payout = payoutTo(recipient);
        payout.deadline += DELAY;
        IWalnutEscrow.ClaimItem memory item = itemOf(0, NATIVE, 1 ether, payout);
        escrow = newEscrow();
        vm.deal(address(escrow), 1 ether);
        refuses(item, IWalnutEscrow.InvalidVoucherSignature.selector);

        // Nor is a claim good there with a voucher that is.
        item.voucherSignature = sign(ENCLAVE_KEY, voucherDigest(address(escrow), item.voucher));
        refuses(item, IWalnutEscrow.InvalidLinkSignature.selector);
    }

    function testFuzz_impossible_replayAfterAForkChangedTheChainId(uint64 chain) public {
        // The same escrow with the same state on both branches; the domain is not what it was.
        vm.assume(chain != vm.getChainId() && chain != 0);
        IWalnutEscrow.ClaimItem memory item = goodItem();
        vm.chainId(chain);
        vm.assertEq(escrow.domainSeparator(), domainOf(address(escrow)));
        refuses(item, IWalnutEscrow.InvalidVoucherSignature.selector);

        item.voucherSignature = sign(ENCLAVE_KEY, voucherDigest(address(escrow), item.voucher));
        refuses(item, IWalnutEscrow.InvalidLinkSignature.selector);
        item.linkSignature = linkSignatureOf(0, item.payout);
        claim(item);
    }

    function testFuzz_impossible_exitWithAClaimOfAnotherChain(uint64 chain) public {
        vm.assume(chain != vm.getChainId() && chain != 0);
        IWalnutEscrow.Payout memory payout = payoutTo(recipient);
        IWalnutEscrow.Signature memory signature = linkSignatureOf(0, payout);
        vm.chainId(chain);
        vm.expectPartialRevert(IWalnutEscrow.InvalidLinkSignature.selector);
        escrow.exit(terms, notes[0], NoteTree.path(notes, 0), payout, signature);
    }

    /* TIME */

    function testFuzz_impossible_claimAfterItsDeadline(uint256 late) public {
        IWalnutEscrow.ClaimItem memory item = goodItem();
        vm.warp(item.payout.deadline + bound(late, 1, 100 * 365 days));
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.ClaimExpired.selector, item.payout.deadline));
        claim(item);
        bytes32[] memory path = NoteTree.path(notes, 0);
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.ClaimExpired.selector, item.payout.deadline));
        escrow.exit(terms, notes[0], path, item.payout, item.linkSignature);
    }

    function test_claimAtItsDeadlineIsGood() public {
        IWalnutEscrow.ClaimItem memory item = goodItem();
        vm.warp(item.payout.deadline);
        claim(item);
    }

    /* ONE NOTE, ONE PAYMENT */

    function testFuzz_impossible_twoVouchersForOneNote(uint256 amount, bool native) public {
        claim(goodItem());
        PlainToken token = new PlainToken();
        token.mint(address(escrow), MAX_AMOUNT);
        address coin = native ? NATIVE : address(token);
        refuses(
            itemOf(0, coin, bound(amount, 1, MAX_AMOUNT), payoutTo(recipient)),
            IWalnutEscrow.AlreadyRedeemed.selector
        );
    }

    function test_impossible_exitAfterClaim() public {
        claim(goodItem());
        IWalnutEscrow.Payout memory payout = payoutTo(recipient);
        bytes32[] memory path = NoteTree.path(notes, 0);
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.AlreadyRedeemed.selector, notes[0].linkKey));
        escrow.exit(terms, notes[0], path, payout, linkSignatureOf(0, payout));
        vm.assertEq(escrow.exitedOf(depositIdOf(terms)), 0);
    }

    function test_impossible_claimAfterExit() public {
        exit(notes, 0, terms, recipient);
        refuses(goodItem(), IWalnutEscrow.AlreadyRedeemed.selector);
    }

    function test_impossible_exitTwice() public {
        exit(notes, 0, terms, recipient);
        IWalnutEscrow.Payout memory payout = payoutTo(recipient);
        bytes32[] memory path = NoteTree.path(notes, 0);
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.AlreadyRedeemed.selector, notes[0].linkKey));
        escrow.exit(terms, notes[0], path, payout, linkSignatureOf(0, payout));
    }

    function testFuzz_impossible_exitOfMoreThanItsDeposit(uint256[4] memory amounts, uint256 deposited) public {
        // A tree whose notes promise more than was deposited: the enclave signs nothing for it, and
        // its exits end where its own money does, though the escrow holds that of others.
        IWalnutEscrow.Note[] memory greedy = new IWalnutEscrow.Note[](4);
        uint256 promised;
        for (uint256 i = 0; i < 4; i++) {
            greedy[i] = noteOf(100 + i, bound(amounts[i], 1, MAX_AMOUNT));
            promised += greedy[i].amount;
        }
        deposited = bound(deposited, 1, promised - 1 < MAX_AMOUNT ? promised - 1 : MAX_AMOUNT);
        IWalnutEscrow.DepositTerms memory few = IWalnutEscrow.DepositTerms(NATIVE, deposited, NoteTree.root(greedy));
        vm.deal(treasury, deposited);
        vm.prank(treasury);
        escrow.deposit{value: deposited}(NATIVE, deposited, few.notesRoot);
        vm.deal(address(escrow), type(uint160).max);

        uint256 left = deposited;
        for (uint256 i = 0; i < 4; i++) {
            IWalnutEscrow.Payout memory payout = payoutTo(thief);
            bytes32[] memory path = NoteTree.path(greedy, i);
            IWalnutEscrow.Signature memory signature = linkSignatureOf(100 + i, payout);
            if (greedy[i].amount > left) {
                vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.ExitExceedsDeposit.selector, left));
            } else {
                left -= greedy[i].amount;
            }
            escrow.exit(few, greedy[i], path, payout, signature);
        }
        vm.assertEq(thief.balance, deposited - left);
    }

    function test_impossible_exitOfANoteAboveAllNumbers() public {
        IWalnutEscrow.Note[] memory greedy = notesOf(2, 1);
        greedy[1].amount = type(uint256).max;
        IWalnutEscrow.DepositTerms memory few = IWalnutEscrow.DepositTerms(NATIVE, 5, NoteTree.root(greedy));
        vm.prank(treasury);
        escrow.deposit{value: 5}(NATIVE, 5, few.notesRoot);
        exit(greedy, 0, few, thief);
        IWalnutEscrow.Payout memory payout = payoutTo(thief);
        bytes32[] memory path = NoteTree.path(greedy, 1);
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.ExitExceedsDeposit.selector, 4));
        escrow.exit(few, greedy[1], path, payout, linkSignatureOf(1, payout));
    }

    /* REENTRANCY */

    function test_impossible_reentrancyFromRecipient() public {
        Reenterer account = new Reenterer();
        IWalnutEscrow.ClaimItem memory item = itemOf(0, NATIVE, 1 ether, payoutTo(address(account)));
        account.arm(
            address(escrow),
            abi.encodeCall(
                escrow.claim, (item.voucher, item.voucherSignature, item.payout, item.linkSignature)
            )
        );
        claim(item);
        vm.assertTrue(account.called());
        vm.assertFalse(account.succeeded());
        vm.assertEq(bytes32(bytes4(account.answer())), bytes32(IWalnutEscrow.AlreadyRedeemed.selector));
        vm.assertEq(address(account).balance, 1 ether);
    }

    function test_impossible_reentrancyFromRecipientIntoExit() public {
        Reenterer account = new Reenterer();
        IWalnutEscrow.ClaimItem memory item = itemOf(0, NATIVE, 1 ether, payoutTo(address(account)));
        account.arm(
            address(escrow),
            abi.encodeCall(
                escrow.exit, (terms, notes[0], NoteTree.path(notes, 0), item.payout, item.linkSignature)
            )
        );
        claim(item);
        vm.assertTrue(account.called());
        vm.assertFalse(account.succeeded());
        vm.assertEq(address(account).balance, 1 ether);
    }

    function test_impossible_reentrancyFromRelayer() public {
        Reenterer account = new Reenterer();
        IWalnutEscrow.Payout memory payout = payoutTo(recipient, 0.1 ether);
        payout.relayer = address(account);
        IWalnutEscrow.ClaimItem memory item = itemOf(0, NATIVE, 1 ether, payout);
        account.arm(
            address(escrow),
            abi.encodeCall(
                escrow.claim, (item.voucher, item.voucherSignature, item.payout, item.linkSignature)
            )
        );
        claim(item);
        vm.assertTrue(account.called());
        vm.assertFalse(account.succeeded());
        vm.assertEq(address(account).balance, 0.1 ether);
        vm.assertEq(address(escrow).balance, 9 ether);
    }

    function test_impossible_reentrancyFromToken() public {
        HookToken token = new HookToken(false);
        token.mint(address(escrow), 10 ether);
        Reenterer account = new Reenterer();
        account.run(address(token), abi.encodeCall(token.hook, ()));
        IWalnutEscrow.ClaimItem memory item = itemOf(0, address(token), 1 ether, payoutTo(address(account)));
        account.arm(
            address(escrow),
            abi.encodeCall(
                escrow.claim, (item.voucher, item.voucherSignature, item.payout, item.linkSignature)
            )
        );
        claim(item);
        vm.assertTrue(account.called());
        vm.assertFalse(account.succeeded());
        vm.assertEq(token.balanceOf(address(account)), 1 ether);
        vm.assertEq(token.balanceOf(address(escrow)), 9 ether);
    }

    /* SIGNERS */

    function test_impossible_voucherOfARemovedSigner() public {
        vm.prank(owner);
        escrow.removeSigner(vm.addr(ENCLAVE_KEY));
        vm.expectRevert(
            abi.encodeWithSelector(IWalnutEscrow.InvalidVoucherSignature.selector, vm.addr(ENCLAVE_KEY))
        );
        claim(goodItem());
    }

    function testFuzz_impossible_voucherOfAnyoneElse(uint256 key) public {
        key = bound(key, 1, N - 1);
        vm.assume(key != ENCLAVE_KEY);
        IWalnutEscrow.ClaimItem memory item = goodItem();
        item.voucherSignature = sign(key, voucherDigest(address(escrow), item.voucher));
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.InvalidVoucherSignature.selector, vm.addr(key)));
        claim(item);
    }

    /* FORCED-IN BALANCE */

    function testFuzz_impossible_forcedInBalanceChangesAnOutcome(uint128 native, uint128 ofToken) public {
        // The same story twice, the second time with coins and tokens that nobody deposited.
        PlainToken token = new PlainToken();
        token.mint(treasury, 10 ether);
        vm.prank(treasury);
        token.approve(address(escrow), 10 ether);
        vm.deal(address(escrow), address(escrow).balance + native);
        token.mint(address(escrow), ofToken);

        vm.prank(treasury);
        escrow.deposit(address(token), 1 ether, terms.notesRoot);
        claim(goodItem());
        exit(notes, 1, terms, recipient);
        claim(itemOf(2, address(token), 1 ether, payoutTo(recipient)));

        vm.assertEq(recipient.balance, 1.9 ether);
        vm.assertEq(token.balanceOf(recipient), 1 ether);
        vm.assertEq(address(escrow).balance, 8 ether + uint256(native));
        vm.assertEq(token.balanceOf(address(escrow)), ofToken);
        vm.assertEq(escrow.exitedOf(depositIdOf(terms)), 1 ether);

        // What came in unasked counts for no deposit.
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.WrongValue.selector, 1));
        escrow.deposit(NATIVE, 1, keccak256("unpaid"));
        vm.expectRevert(abi.encodeWithSignature("TransferFromFailed()"));
        vm.prank(thief);
        escrow.deposit(address(token), 1, keccak256("unpaid"));
    }

    function test_impossible_sendingNativeCoinWithoutADeposit() public {
        vm.deal(thief, 1 ether);
        vm.prank(thief);
        (bool ok,) = address(escrow).call{value: 1 ether}("");
        vm.assertFalse(ok);
    }

    /* GRIEFING */

    function test_impossible_oneRecipientSinksClaimMany() public {
        IWalnutEscrow.ClaimItem[] memory items = new IWalnutEscrow.ClaimItem[](3);
        items[0] = itemOf(0, NATIVE, 1 ether, payoutTo(address(new Refuser())));
        items[1] = itemOf(1, NATIVE, 1 ether, payoutTo(address(new Burner())));
        items[2] = itemOf(2, NATIVE, 1 ether, payoutTo(recipient));
        uint256 before = gasleft();
        escrow.claimMany(items, 100_000);
        vm.assertLe(before - gasleft(), 330_000);
        vm.assertEq(recipient.balance, 1 ether);
    }

    /// forge-config: default.isolate = true
    function test_impossible_claimWhoseGasGrowsWithHistory() public {
        IWalnutEscrow.ClaimItem memory first = itemOf(0, NATIVE, 1 ether, payoutTo(fresh("first")));
        IWalnutEscrow.ClaimItem memory last = itemOf(1, NATIVE, 1 ether, payoutTo(fresh("last")));
        uint256 ofFirst = gasOf(first);
        for (uint256 i = 0; i < 100; i++) {
            vm.deal(treasury, 1 ether);
            vm.prank(treasury);
            escrow.deposit{value: 1 ether}(NATIVE, 1 ether, bytes32(i));
            claim(itemOf(1000 + i, NATIVE, 1 ether, payoutTo(fresh(vm.toString(i)))));
        }
        uint256 ofLast = gasOf(last);
        // Zero bytes in the signatures are cheaper, by 12 each.
        vm.assertEq(
            ofFirst - 16 * bytesOtherThanZero(first) - 4 * (356 - bytesOtherThanZero(first)),
            ofLast - 16 * bytesOtherThanZero(last) - 4 * (356 - bytesOtherThanZero(last))
        );
    }

    function gasOf(IWalnutEscrow.ClaimItem memory item) private returns (uint256) {
        claim(item);
        return vm.lastCallGas().gasTotalUsed;
    }

    function bytesOtherThanZero(IWalnutEscrow.ClaimItem memory item) private view returns (uint256 count) {
        bytes memory data = abi.encodeCall(
            escrow.claim, (item.voucher, item.voucherSignature, item.payout, item.linkSignature)
        );
        for (uint256 i = 0; i < data.length; i++) {
            if (data[i] != 0) count++;
        }
    }
}
