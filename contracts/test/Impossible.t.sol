// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../src/interfaces/IWalnutEscrow.sol";
import {EscrowTest, Payout, SignedClaim, Voucher} from "./base/EscrowTest.sol";
import {Note, NoteTree} from "./base/NoteTree.sol";
import {Burner, Reenterer, Refuser} from "./recipients/Recipients.sol";
import {HookToken, PlainToken} from "./tokens/Tokens.sol";

/// @dev What must not be possible, one test for each way of trying.
contract ImpossibleTest is EscrowTest {
    /// @dev The order of secp256k1.
    uint256 private constant N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    Note[] private notes;
    IWalnutEscrow.DepositTerms private terms;

    function setUp() public override {
        super.setUp();
        Note[] memory made = notesOf(10, 1 ether);
        for (uint256 i = 0; i < made.length; i++) {
            notes.push(made[i]);
        }
        terms = depositNative(made);
    }

    function goodItem() private view returns (SignedClaim memory) {
        return itemOf(0, NATIVE, 1 ether, payoutTo(recipient, 0.1 ether));
    }

    function refuses(SignedClaim memory item, bytes4 reason) private {
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
        SignedClaim memory item = goodItem();
        (uint8 v, bytes32 r, bytes32 s) = vm.signWithNonceUnsafe(
            ENCLAVE_KEY,
            voucherDigest(address(escrow), voucherOf(0, NATIVE, 1 ether)),
            bound(nonce, 1, type(uint128).max)
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
        SignedClaim memory item = goodItem();
        uint256 vs = uint256(item.voucherSignature.vs);
        uint256 high = N - (vs & type(uint256).max >> 1);
        vm.assertTrue(high >> 255 == 1, "the high s fits: choose another voucher");
        item.voucherSignature.vs = bytes32(high);
        refuses(item, IWalnutEscrow.InvalidVoucher.selector);
        item.voucherSignature.vs = bytes32(high & type(uint256).max >> 1);
        refuses(item, IWalnutEscrow.InvalidVoucher.selector);

        item = goodItem();
        vs = uint256(item.linkSignature.vs);
        item.linkSignature.vs = bytes32(N - (vs & type(uint256).max >> 1));
        refuses(item, IWalnutEscrow.InvalidVoucher.selector);
    }

    function test_impossible_sameSignatureIn65Bytes() public {
        SignedClaim memory item = goodItem();
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(ENCLAVE_KEY, voucherDigest(address(escrow), voucherOf(0, NATIVE, 1 ether)));
        (uint8 linkV, bytes32 linkR, bytes32 linkS) =
            vm.sign(linkKeyOf(0), claimDigest(address(escrow), item.terms));

        // As `bytes`, in a function of its own: there is none.
        (bool ok,) = address(escrow).call(
            abi.encodeWithSignature(
                "claim((address,uint256,address,uint256,address,uint256),bytes,bytes)",
                item.terms,
                abi.encodePacked(linkR, linkS, linkV),
                abi.encodePacked(r, s, v)
            )
        );
        vm.assertFalse(ok);

        // As three words, r, s and v: s is read as vs, and v as the voucher's r.
        (ok,) = address(escrow).call(
            bytes.concat(escrow.claim.selector, abi.encode(item.terms, linkR, linkS, linkV, r, s, v))
        );
        vm.assertFalse(ok);
        vm.assertFalse(escrow.isRedeemed(linkAt(0)));
    }

    function testFuzz_impossible_anyOtherBitsOfASignature(bool ofVoucher, bool inR, uint256 flip) public {
        vm.assume(flip != 0);
        SignedClaim memory item = goodItem();
        IWalnutEscrow.Signature memory signature = ofVoucher ? item.voucherSignature : item.linkSignature;
        if (inR) signature.r ^= bytes32(flip);
        else signature.vs ^= bytes32(flip);
        refuses(item, IWalnutEscrow.InvalidVoucher.selector);
    }

    /* A THIRD PARTY CHANGES THE CLAIM */

    function testFuzz_impossible_thirdPartyChangesRecipient(address other) public {
        vm.assume(other != recipient && other != address(0));
        SignedClaim memory item = goodItem();
        item.terms.recipient = other;
        vm.prank(thief);
        refuses(item, IWalnutEscrow.InvalidVoucher.selector);
    }

    function testFuzz_impossible_thirdPartyChangesRelayer(address other) public {
        vm.assume(other != relayer && other != address(0));
        SignedClaim memory item = goodItem();
        item.terms.relayer = other;
        vm.prank(other);
        refuses(item, IWalnutEscrow.InvalidVoucher.selector);
    }

    function testFuzz_impossible_thirdPartyChangesFee(uint256 fee) public {
        fee = bound(fee, 0, 1 ether);
        vm.assume(fee != 0.1 ether);
        SignedClaim memory item = goodItem();
        item.terms.fee = fee;
        refuses(item, IWalnutEscrow.InvalidVoucher.selector);
    }

    function testFuzz_impossible_thirdPartyChangesDeadline(uint256 deadline) public {
        SignedClaim memory item = goodItem();
        deadline = bound(deadline, time(), type(uint256).max);
        vm.assume(deadline != item.terms.deadline);
        item.terms.deadline = deadline;
        refuses(item, IWalnutEscrow.InvalidVoucher.selector);
    }

    function testFuzz_impossible_thirdPartyChangesTheMoney(address token, uint256 amount) public {
        vm.assume(token != NATIVE || amount != 1 ether);
        SignedClaim memory item = goodItem();
        item.terms.token = token;
        item.terms.amount = amount;
        item.terms.fee = 0;
        refuses(item, IWalnutEscrow.InvalidVoucher.selector);
    }

    function testFuzz_impossible_holderOfALinkKeyClaimsOtherMoney(address token, uint256 amount) public {
        vm.assume(token != NATIVE || amount != 1 ether);
        SignedClaim memory item = goodItem();
        item.terms = termsFor(token, amount, payoutTo(recipient));
        item.linkSignature = linkSignatureOf(0, item.terms);
        vm.expectPartialRevert(IWalnutEscrow.InvalidVoucher.selector);
        claim(item);
    }

    function testFuzz_impossible_holderOfAVoucherClaimsWithAKeyOfHisOwn(uint256 link) public {
        vm.assume(linkKeyOf(link) != linkKeyOf(0));
        SignedClaim memory item = goodItem();
        item.terms.recipient = thief;
        item.linkSignature = linkSignatureOf(link, item.terms);
        vm.prank(thief);
        refuses(item, IWalnutEscrow.InvalidVoucher.selector);
    }

    function testFuzz_impossible_signatureOfAnybodyElseIsTakenForALinkKeys(bytes32 r, bytes32 vs) public {
        // Whatever the words, they are the signature of some key, or of none: never of one that has a
        // voucher. The error says of which.
        SignedClaim memory item = goodItem();
        item.terms.recipient = thief;
        item.linkSignature = IWalnutEscrow.Signature(r, vs);
        address linkKey = ecrecover(
            claimDigest(address(escrow), item.terms),
            uint8(uint256(vs) >> 255) + 27,
            r,
            bytes32(uint256(vs) << 1 >> 1)
        );
        bytes32 digest = voucherDigest(address(escrow), Voucher(NATIVE, 1 ether, linkKey));
        bytes32 voucherVs = item.voucherSignature.vs;
        address signer = ecrecover(
            digest,
            uint8(uint256(voucherVs) >> 255) + 27,
            item.voucherSignature.r,
            bytes32(uint256(voucherVs) << 1 >> 1)
        );
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.InvalidVoucher.selector, linkKey, signer));
        vm.prank(thief);
        claim(item);
    }

    function test_impossible_voucherOfTheZeroLinkKeyIsPaid() public {
        // The enclave signs none. If one did, a signature that is nobody's would be the zero key's.
        SignedClaim memory item = goodItem();
        item.linkSignature = IWalnutEscrow.Signature(0, 0);
        item.voucherSignature =
            sign(ENCLAVE_KEY, voucherDigest(address(escrow), Voucher(NATIVE, 1 ether, address(0))));
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.AlreadyRedeemed.selector, address(0)));
        claim(item);
    }

    /* THE MONEY IS NAMED BY THE LINK KEY */

    function test_impossible_senderUsesAClaimForASmallerNoteOfTheSameLinkKey() public {
        // The sender deposits a second tree, with the same link key and less money.
        Note[] memory small = notesOf(2, 0.01 ether);
        IWalnutEscrow.DepositTerms memory second = depositNative(small);
        SignedClaim memory item = itemOf(0, NATIVE, 1 ether, payoutTo(recipient));

        ExitItem memory exit_ = exitOf(second, small, 0, 0, payoutTo(recipient));
        exit_.linkSignature = item.linkSignature;
        vm.prank(treasury);
        vm.expectPartialRevert(IWalnutEscrow.NotInDeposit.selector);
        exit(exit_);

        // Nor with a voucher for the small one, which the enclave would sign.
        SignedClaim memory changed = itemOf(0, NATIVE, 0.01 ether, payoutTo(recipient));
        changed.linkSignature = item.linkSignature;
        vm.prank(treasury);
        refuses(changed, IWalnutEscrow.InvalidVoucher.selector);

        claim(item);
        vm.assertEq(recipient.balance, 1 ether);
    }

    function test_notesOfTheSameMoneyArePaidEachByItsOwnLinkKey() public {
        // Same token, amount and recipient: the claims differ in their signatures only.
        SignedClaim memory first = itemOf(0, NATIVE, 1 ether, payoutTo(recipient));
        SignedClaim memory second = itemOf(1, NATIVE, 1 ether, payoutTo(recipient));
        vm.assertEq(abi.encode(first.terms), abi.encode(second.terms));

        // The link signature of one with the voucher of the other is neither's.
        SignedClaim memory mixed =
            SignedClaim(first.terms, first.linkSignature, second.voucherSignature);
        refuses(mixed, IWalnutEscrow.InvalidVoucher.selector);

        vm.expectEmit(address(escrow));
        emit IWalnutEscrow.Claimed(linkAt(0), 1 ether, recipient);
        claim(first);
        vm.assertFalse(escrow.isRedeemed(linkAt(1)));
        vm.expectEmit(address(escrow));
        emit IWalnutEscrow.Claimed(linkAt(1), 1 ether, recipient);
        claim(second);
        vm.assertEq(recipient.balance, 2 ether);
        refuses(first, IWalnutEscrow.AlreadyRedeemed.selector);
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
        Payout memory payout = payoutTo(recipient);
        payout.deadline += DELAY;
        SignedClaim memory item = itemOf(0, NATIVE, 1 ether, payout);
        vm.chainId(chain);
        escrow = newEscrow();
        vm.deal(address(escrow), 1 ether);
        refuses(item, IWalnutEscrow.InvalidVoucher.selector);
    }

    function test_impossible_replayOnAnotherEscrow() public {
        Payout memory payout = payoutTo(recipient);
        payout.deadline += DELAY;
        SignedClaim memory item = itemOf(0, NATIVE, 1 ether, payout);
        escrow = newEscrow();
        vm.deal(address(escrow), 1 ether);
        refuses(item, IWalnutEscrow.InvalidVoucher.selector);

        // Nor is a claim good there with a voucher that is.
        item.voucherSignature = voucherSignatureOf(0, NATIVE, 1 ether);
        refuses(item, IWalnutEscrow.InvalidVoucher.selector);
    }

    function testFuzz_impossible_replayAfterAForkChangedTheChainId(uint64 chain) public {
        // The same escrow with the same state on both branches; the domain is not what it was.
        vm.assume(chain != vm.getChainId() && chain != 0);
        SignedClaim memory item = goodItem();
        vm.chainId(chain);
        vm.assertEq(escrow.domainSeparator(), domainOf(address(escrow)));
        refuses(item, IWalnutEscrow.InvalidVoucher.selector);

        item.voucherSignature = voucherSignatureOf(0, NATIVE, 1 ether);
        refuses(item, IWalnutEscrow.InvalidVoucher.selector);
        item.linkSignature = linkSignatureOf(0, item.terms);
        claim(item);
    }

    function testFuzz_impossible_exitWithAClaimOfAnotherChain(uint64 chain) public {
        vm.assume(chain != vm.getChainId() && chain != 0);
        ExitItem memory item = exitOf(terms, notes, 0, 0, payoutTo(recipient));
        vm.chainId(chain);
        vm.expectPartialRevert(IWalnutEscrow.NotInDeposit.selector);
        exit(item);
    }

    /* TIME */

    function testFuzz_impossible_claimAfterItsDeadline(uint256 late) public {
        SignedClaim memory item = goodItem();
        vm.warp(item.terms.deadline + bound(late, 1, 100 * 365 days));
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.ClaimExpired.selector, item.terms.deadline));
        claim(item);
        ExitItem memory asExit =
            ExitItem(terms, notes[0], NoteTree.path(notes, 0), item.terms, item.linkSignature);
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.ClaimExpired.selector, item.terms.deadline));
        exit(asExit);
    }

    function test_claimAtItsDeadlineIsGood() public {
        SignedClaim memory item = goodItem();
        vm.warp(item.terms.deadline);
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
        ExitItem memory item = exitOf(terms, notes, 0, 0, payoutTo(recipient));
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.AlreadyRedeemed.selector, notes[0].linkKey));
        exit(item);
        vm.assertEq(escrow.exitedOf(depositIdOf(terms)), 0);
    }

    function test_impossible_claimAfterExit() public {
        exit(notes, 0, terms, recipient);
        refuses(goodItem(), IWalnutEscrow.AlreadyRedeemed.selector);
    }

    function test_impossible_exitTwice() public {
        exit(notes, 0, terms, recipient);
        ExitItem memory item = exitOf(terms, notes, 0, 0, payoutTo(recipient));
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.AlreadyRedeemed.selector, notes[0].linkKey));
        exit(item);
    }

    function testFuzz_impossible_exitOfMoreThanItsDeposit(uint256[4] memory amounts, uint256 deposited) public {
        // A tree whose notes promise more than was deposited: the enclave signs nothing for it, and
        // its exits end where its own money does, though the escrow holds that of others.
        Note[] memory greedy = new Note[](4);
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
            ExitItem memory item = exitOf(few, greedy, i, 100 + i, payoutTo(thief));
            if (greedy[i].amount > left) {
                vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.ExitExceedsDeposit.selector, left));
            } else {
                left -= greedy[i].amount;
            }
            exit(item);
        }
        vm.assertEq(thief.balance, deposited - left);
    }

    function test_impossible_exitOfANoteAboveAllNumbers() public {
        Note[] memory greedy = notesOf(2, 1);
        greedy[1].amount = type(uint256).max;
        IWalnutEscrow.DepositTerms memory few = IWalnutEscrow.DepositTerms(NATIVE, 5, NoteTree.root(greedy));
        vm.prank(treasury);
        escrow.deposit{value: 5}(NATIVE, 5, few.notesRoot);
        exit(greedy, 0, few, thief);
        ExitItem memory item = exitOf(few, greedy, 1, 1, payoutTo(thief));
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.ExitExceedsDeposit.selector, 4));
        exit(item);
    }

    /* REENTRANCY */

    function test_impossible_reentrancyFromRecipient() public {
        Reenterer account = new Reenterer();
        SignedClaim memory item = itemOf(0, NATIVE, 1 ether, payoutTo(address(account)));
        account.arm(
            address(escrow),
            claimCall(item)
        );
        claim(item);
        vm.assertTrue(account.called());
        vm.assertFalse(account.succeeded());
        vm.assertEq(bytes32(bytes4(account.answer())), bytes32(IWalnutEscrow.AlreadyRedeemed.selector));
        vm.assertEq(address(account).balance, 1 ether);
    }

    function test_impossible_reentrancyFromRecipientIntoExit() public {
        Reenterer account = new Reenterer();
        SignedClaim memory item = itemOf(0, NATIVE, 1 ether, payoutTo(address(account)));
        account.arm(
            address(escrow),
            exitCall(ExitItem(terms, notes[0], NoteTree.path(notes, 0), item.terms, item.linkSignature))
        );
        claim(item);
        vm.assertTrue(account.called());
        vm.assertFalse(account.succeeded());
        vm.assertEq(address(account).balance, 1 ether);
    }

    function test_impossible_reentrancyFromRelayer() public {
        Reenterer account = new Reenterer();
        Payout memory payout = payoutTo(recipient, 0.1 ether);
        payout.relayer = address(account);
        SignedClaim memory item = itemOf(0, NATIVE, 1 ether, payout);
        account.arm(
            address(escrow),
            claimCall(item)
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
        SignedClaim memory item = itemOf(0, address(token), 1 ether, payoutTo(address(account)));
        account.arm(
            address(escrow),
            claimCall(item)
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
            abi.encodeWithSelector(
                IWalnutEscrow.InvalidVoucher.selector, linkAt(0), vm.addr(ENCLAVE_KEY)
            )
        );
        claim(goodItem());
    }

    function testFuzz_impossible_voucherOfAnyoneElse(uint256 key) public {
        key = bound(key, 1, N - 1);
        vm.assume(key != ENCLAVE_KEY);
        SignedClaim memory item = goodItem();
        item.voucherSignature = sign(key, voucherDigest(address(escrow), voucherOf(0, NATIVE, 1 ether)));
        vm.expectRevert(
            abi.encodeWithSelector(IWalnutEscrow.InvalidVoucher.selector, linkAt(0), vm.addr(key))
        );
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
        SignedClaim[] memory items = new SignedClaim[](3);
        items[0] = itemOf(0, NATIVE, 1 ether, payoutTo(address(new Refuser())));
        items[1] = itemOf(1, NATIVE, 1 ether, payoutTo(address(new Burner())));
        items[2] = itemOf(2, NATIVE, 1 ether, payoutTo(recipient));
        uint256 before = gasleft();
        claimMany(items, 100_000);
        vm.assertLe(before - gasleft(), 330_000);
        vm.assertEq(recipient.balance, 1 ether);
    }

    /// forge-config: default.isolate = true
    function test_impossible_claimWhoseGasGrowsWithHistory() public {
        SignedClaim memory first = itemOf(0, NATIVE, 1 ether, payoutTo(fresh("first")));
        SignedClaim memory last = itemOf(1, NATIVE, 1 ether, payoutTo(fresh("last")));
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
            ofFirst - 16 * bytesOtherThanZero(first) - 4 * (324 - bytesOtherThanZero(first)),
            ofLast - 16 * bytesOtherThanZero(last) - 4 * (324 - bytesOtherThanZero(last))
        );
    }

    function gasOf(SignedClaim memory item) private returns (uint256) {
        claim(item);
        return vm.lastCallGas().gasTotalUsed;
    }

    function bytesOtherThanZero(SignedClaim memory item) private view returns (uint256 count) {
        bytes memory data = claimCall(item);
        for (uint256 i = 0; i < data.length; i++) {
            if (data[i] != 0) count++;
        }
    }
}
