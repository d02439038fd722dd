// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../src/interfaces/IWalnutEscrow.sol";
import {EscrowTest} from "./base/EscrowTest.sol";
import {FeeToken, HookToken, PlainToken, RefusingToken, SilentToken} from "./tokens/Tokens.sol";
import {Reenterer} from "./recipients/Recipients.sol";

contract DepositTest is EscrowTest {
    bytes32 private constant ROOT = keccak256("root");
    uint256 private constant PAYER_KEY = uint256(keccak256("payer"));

    PlainToken private token;
    address private payer;

    function setUp() public override {
        super.setUp();
        token = new PlainToken();
        payer = vm.addr(PAYER_KEY);
        token.mint(payer, MAX_AMOUNT);
        token.mint(treasury, MAX_AMOUNT);
        vm.prank(treasury);
        token.approve(address(escrow), type(uint256).max);
    }

    function idOf(address of_, uint256 amount, bytes32 root) private pure returns (bytes32) {
        return keccak256(abi.encode(of_, amount, root));
    }

    /* NATIVE COIN AND TOKENS */

    function testFuzz_depositTakesExactlyTheAmountOfNativeCoin(uint256 amount, bytes32 root) public {
        amount = bound(amount, 1, MAX_AMOUNT);
        vm.deal(treasury, amount);
        vm.prank(treasury);
        escrow.deposit{value: amount}(NATIVE, amount, root);

        vm.assertEq(address(escrow).balance, amount);
        (address depositor, uint96 since) = escrow.depositOf(idOf(NATIVE, amount, root));
        vm.assertEq(depositor, treasury);
        vm.assertEq(since, time());
    }

    function testFuzz_depositTakesExactlyTheAmountOfAToken(uint256 amount, bytes32 root) public {
        amount = bound(amount, 1, MAX_AMOUNT);
        vm.expectEmit(address(escrow));
        emit IWalnutEscrow.Deposited(idOf(address(token), amount, root), treasury, address(token), amount, root);
        vm.prank(treasury);
        escrow.deposit(address(token), amount, root);

        vm.assertEq(token.balanceOf(address(escrow)), amount);
        vm.assertEq(token.balanceOf(treasury), MAX_AMOUNT - amount);
    }

    function testFuzz_depositRefusesAValueThatIsNotTheAmount(uint256 amount, uint256 value) public {
        amount = bound(amount, 1, MAX_AMOUNT);
        value = bound(value, 0, MAX_AMOUNT);
        vm.assume(value != amount);
        vm.deal(treasury, value);
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.WrongValue.selector, amount));
        vm.prank(treasury);
        escrow.deposit{value: value}(NATIVE, amount, ROOT);
    }

    function test_depositOfATokenRefusesNativeCoin() public {
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.WrongValue.selector, 0));
        vm.prank(treasury);
        escrow.deposit{value: 1}(address(token), 1 ether, ROOT);
    }

    function testFuzz_depositRefusesAnAmountOutOfBounds(uint256 amount) public {
        amount = amount % 2 == 0 ? 0 : bound(amount, MAX_AMOUNT + 1, type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.InvalidAmount.selector, MAX_AMOUNT));
        vm.prank(treasury);
        escrow.deposit(address(token), amount, ROOT);
    }

    function test_theSameDepositTwiceIsRefused() public {
        vm.startPrank(treasury);
        escrow.deposit(address(token), 1 ether, ROOT);
        vm.expectRevert(
            abi.encodeWithSelector(IWalnutEscrow.DepositExists.selector, idOf(address(token), 1 ether, ROOT))
        );
        escrow.deposit(address(token), 1 ether, ROOT);
    }

    function test_depositsWithTheSameRootButOtherTermsAreOthers() public {
        vm.startPrank(treasury);
        escrow.deposit(address(token), 1 ether, ROOT);
        escrow.deposit(address(token), 2 ether, ROOT);
        escrow.deposit{value: 1 ether}(NATIVE, 1 ether, ROOT);
    }

    function test_aTokenThatReturnsNothingIsTaken() public {
        SilentToken silent = new SilentToken();
        silent.mint(treasury, 1 ether);
        vm.startPrank(treasury);
        silent.approve(address(escrow), 1 ether);
        escrow.deposit(address(silent), 1 ether, ROOT);
        vm.assertEq(silent.balanceOf(address(escrow)), 1 ether);
    }

    function test_aTokenThatTakesAFeeOnTransfersIsRefusedWithWhatCameIn() public {
        FeeToken fee = new FeeToken();
        fee.mint(treasury, 1 ether);
        vm.startPrank(treasury);
        fee.approve(address(escrow), 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.InexactTransfer.selector, 1 ether, 0.99 ether));
        escrow.deposit(address(fee), 1 ether, ROOT);
    }

    function test_aTokenThatReturnsFalseIsRefused() public {
        RefusingToken refusing = new RefusingToken();
        refusing.mint(treasury, 1 ether);
        refusing.setRefusing(true);
        vm.startPrank(treasury);
        refusing.approve(address(escrow), 1 ether);
        vm.expectRevert(abi.encodeWithSignature("TransferFromFailed()"));
        escrow.deposit(address(refusing), 1 ether, ROOT);
    }

    function test_anAddressWithoutCodeIsNoToken() public {
        vm.expectRevert(abi.encodeWithSignature("TransferFromFailed()"));
        vm.prank(treasury);
        escrow.deposit(thief, 1 ether, ROOT);
    }

    /* MANY */

    function testFuzz_depositManyTakesTheSumOfEach(uint256[8] memory amounts, uint8 kinds) public {
        IWalnutEscrow.DepositTerms[] memory deposits = new IWalnutEscrow.DepositTerms[](8);
        uint256 native;
        uint256 ofToken;
        for (uint256 i = 0; i < 8; i++) {
            uint256 amount = bound(amounts[i], 1, MAX_AMOUNT / 8);
            bool isNative = kinds >> i & 1 == 1;
            deposits[i] = IWalnutEscrow.DepositTerms(isNative ? NATIVE : address(token), amount, bytes32(i));
            if (isNative) native += amount;
            else ofToken += amount;
        }
        vm.deal(treasury, native);
        vm.prank(treasury);
        escrow.depositMany{value: native}(deposits);

        vm.assertEq(address(escrow).balance, native);
        vm.assertEq(token.balanceOf(address(escrow)), ofToken);
        for (uint256 i = 0; i < 8; i++) {
            (address depositor,) = escrow.depositOf(depositIdOf(deposits[i]));
            vm.assertEq(depositor, treasury);
        }
    }

    function test_depositManyDoesNotCountOneValueTwice() public {
        IWalnutEscrow.DepositTerms[] memory deposits = new IWalnutEscrow.DepositTerms[](2);
        deposits[0] = IWalnutEscrow.DepositTerms(NATIVE, 1 ether, ROOT);
        deposits[1] = IWalnutEscrow.DepositTerms(NATIVE, 1 ether, keccak256("other"));
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.WrongValue.selector, 2 ether));
        vm.prank(treasury);
        escrow.depositMany{value: 1 ether}(deposits);
    }

    function test_depositManyTakesAllOrNothing() public {
        IWalnutEscrow.DepositTerms[] memory deposits = new IWalnutEscrow.DepositTerms[](2);
        deposits[0] = IWalnutEscrow.DepositTerms(address(token), 1 ether, ROOT);
        deposits[1] = deposits[0];
        vm.expectPartialRevert(IWalnutEscrow.DepositExists.selector);
        vm.prank(treasury);
        escrow.depositMany(deposits);
        vm.assertEq(token.balanceOf(address(escrow)), 0);
    }

    /* PERMIT */

    function permitOf(uint256 amount, uint256 deadline) private view returns (IWalnutEscrow.Permit memory permit) {
        bytes32 hash = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                payer,
                address(escrow),
                amount,
                token.nonces(payer),
                deadline
            )
        );
        permit.deadline = deadline;
        (permit.v, permit.r, permit.s) =
            vm.sign(PAYER_KEY, keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), hash)));
    }

    function testFuzz_depositWithPermitNeedsNoApproval(uint256 amount, bytes32 root) public {
        amount = bound(amount, 1, MAX_AMOUNT);
        IWalnutEscrow.Permit memory permit = permitOf(amount, time());
        vm.prank(payer);
        escrow.depositWithPermit(address(token), amount, root, permit);
        vm.assertEq(token.balanceOf(address(escrow)), amount);
        vm.assertEq(token.allowance(payer, address(escrow)), 0);
    }

    function test_depositWithAPermitThatAThiefUsedFirstSucceeds() public {
        IWalnutEscrow.Permit memory permit = permitOf(1 ether, time());
        vm.prank(thief);
        token.permit(payer, address(escrow), 1 ether, permit.deadline, permit.v, permit.r, permit.s);
        vm.prank(payer);
        escrow.depositWithPermit(address(token), 1 ether, ROOT, permit);
        vm.assertEq(token.balanceOf(address(escrow)), 1 ether);
    }

    function test_depositWithAPermitOfAnotherIsRefused() public {
        IWalnutEscrow.Permit memory permit = permitOf(1 ether, time());
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.PermitRejected.selector, 0));
        vm.prank(thief);
        escrow.depositWithPermit(address(token), 1 ether, ROOT, permit);
    }

    function test_nativeCoinKnowsNoPermitAndNoAuthorization() public {
        IWalnutEscrow.Permit memory permit;
        vm.expectRevert(IWalnutEscrow.TokenRequired.selector);
        escrow.depositWithPermit(NATIVE, 1 ether, ROOT, permit);
        IWalnutEscrow.Authorization memory authorization;
        vm.expectRevert(IWalnutEscrow.TokenRequired.selector);
        escrow.depositWithAuthorization(NATIVE, 1 ether, ROOT, authorization);
    }

    /* AUTHORIZATION */

    function authorizationFor(uint256 amount, bytes32 nonce)
        private
        view
        returns (IWalnutEscrow.Authorization memory authorization)
    {
        authorization.from = payer;
        authorization.validAfter = time() - 1;
        authorization.validBefore = time() + 1;
        (authorization.v, authorization.r, authorization.s) = vm.sign(
            PAYER_KEY,
            token.receiveHash(
                payer, address(escrow), amount, authorization.validAfter, authorization.validBefore, nonce
            )
        );
    }

    function testFuzz_depositWithAuthorizationMayBeSentByAnyone(uint256 amount, bytes32 root, address sender)
        public
    {
        amount = bound(amount, 1, MAX_AMOUNT);
        bytes32 id = idOf(address(token), amount, root);
        IWalnutEscrow.Authorization memory authorization = authorizationFor(amount, id);
        vm.prank(sender);
        escrow.depositWithAuthorization(address(token), amount, root, authorization);

        (address depositor,) = escrow.depositOf(id);
        vm.assertEq(depositor, payer);
        vm.assertEq(token.balanceOf(address(escrow)), amount);
    }

    function test_anAuthorizationCannotBeTurnedToOtherNotes() public {
        IWalnutEscrow.Authorization memory authorization =
            authorizationFor(1 ether, idOf(address(token), 1 ether, ROOT));
        vm.expectRevert("invalid signature");
        vm.prank(thief);
        escrow.depositWithAuthorization(address(token), 1 ether, keccak256("the thief's root"), authorization);
    }

    function test_anAuthorizationCannotBeTakenOutsideTheEscrow() public {
        IWalnutEscrow.Authorization memory a = authorizationFor(1 ether, idOf(address(token), 1 ether, ROOT));
        vm.expectRevert("caller must be the payee");
        vm.prank(thief);
        token.receiveWithAuthorization(
            payer,
            address(escrow),
            1 ether,
            a.validAfter,
            a.validBefore,
            idOf(address(token), 1 ether, ROOT),
            a.v,
            a.r,
            a.s
        );
    }

    /* REENTRANCY */

    function nestedDeposits(bool losesOutermost) private returns (HookToken hook, Reenterer sender) {
        hook = new HookToken(losesOutermost);
        sender = new Reenterer();
        hook.mint(address(sender), 10 ether);
        sender.run(address(hook), abi.encodeCall(hook.approve, (address(escrow), 10 ether)));
        sender.run(address(hook), abi.encodeCall(hook.hook, ()));
        sender.arm(address(escrow), abi.encodeCall(escrow.deposit, (address(hook), 1 ether, keccak256("inner"))));
    }

    function test_oneTransferIsNotCountedForTwoDeposits() public {
        // Only the inner transfer arrives: around the outer one the balance would rise by as much.
        (HookToken hook, Reenterer sender) = nestedDeposits(true);
        vm.expectRevert(abi.encodeWithSelector(IWalnutEscrow.InexactTransfer.selector, 1 ether, 0));
        sender.run(address(escrow), abi.encodeCall(escrow.deposit, (address(hook), 1 ether, keccak256("outer"))));
    }

    function test_aTokenThatCallsBackIsTakenIfItMovesWhatItSays() public {
        (HookToken hook, Reenterer sender) = nestedDeposits(false);
        sender.run(address(escrow), abi.encodeCall(escrow.deposit, (address(hook), 1 ether, keccak256("outer"))));

        vm.assertTrue(sender.called());
        vm.assertFalse(sender.succeeded());
        vm.assertEq(bytes32(sender.answer()), bytes32(IWalnutEscrow.Reentered.selector));
        vm.assertEq(hook.balanceOf(address(escrow)), 1 ether);
    }

    function test_theGuardIsOpenAgainAfterEachTokenOfDepositMany() public {
        IWalnutEscrow.DepositTerms[] memory deposits = new IWalnutEscrow.DepositTerms[](2);
        deposits[0] = IWalnutEscrow.DepositTerms(address(token), 1 ether, ROOT);
        deposits[1] = IWalnutEscrow.DepositTerms(address(token), 2 ether, ROOT);
        vm.prank(treasury);
        escrow.depositMany(deposits);
        vm.assertEq(token.balanceOf(address(escrow)), 3 ether);
    }
}
