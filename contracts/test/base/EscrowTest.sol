// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {WalnutEscrow} from "../../src/WalnutEscrow.sol";
import {IWalnutEscrow} from "../../src/interfaces/IWalnutEscrow.sol";
import {NoteTree} from "./NoteTree.sol";
import {Test} from "./Test.sol";

/// @dev An escrow with one active signer, and the hands of everyone around it.
abstract contract EscrowTest is Test {
    uint256 internal constant ENCLAVE_KEY = uint256(keccak256("enclave"));
    uint256 internal constant DELAY = 7 days;
    uint256 internal constant MAX_AMOUNT = type(uint128).max;
    address internal constant NATIVE = address(0);

    address internal owner = fresh("owner");
    address internal guardian = fresh("guardian");
    address internal treasury = fresh("treasury");
    address internal recipient = fresh("recipient");
    address internal relayer = fresh("relayer");
    address internal thief = fresh("thief");

    WalnutEscrow internal escrow;

    function setUp() public virtual {
        vm.warp(1_700_000_000);
        escrow = newEscrow();
        vm.deal(treasury, 1_000_000 ether);
    }

    function newEscrow() internal returns (WalnutEscrow created) {
        created = new WalnutEscrow(owner, guardian, DELAY);
        addActiveSigner(created, ENCLAVE_KEY);
    }

    function addActiveSigner(WalnutEscrow target, uint256 key) internal {
        vm.prank(owner);
        target.addSigner(vm.addr(key));
        vm.warp(time() + DELAY);
    }

    /* NOTES */

    function linkKeyOf(uint256 index) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode("link", index)));
    }

    function noteOf(uint256 index, uint256 amount) internal pure returns (IWalnutEscrow.Note memory) {
        return IWalnutEscrow.Note(vm.addr(linkKeyOf(index)), amount, keccak256(abi.encode("salt", index)));
    }

    /// @dev `count` notes of `amount` each.
    function notesOf(uint256 count, uint256 amount) internal pure returns (IWalnutEscrow.Note[] memory notes) {
        notes = new IWalnutEscrow.Note[](count);
        for (uint256 i = 0; i < count; i++) {
            notes[i] = noteOf(i, amount);
        }
    }

    function depositIdOf(IWalnutEscrow.DepositTerms memory terms) internal pure returns (bytes32) {
        return keccak256(abi.encode(terms.token, terms.amount, terms.notesRoot));
    }

    /// @dev The treasury pays native coin for the notes, exactly.
    function depositNative(IWalnutEscrow.Note[] memory notes) internal returns (IWalnutEscrow.DepositTerms memory terms) {
        terms = termsOf(NATIVE, notes);
        vm.prank(treasury);
        escrow.deposit{value: terms.amount}(NATIVE, terms.amount, terms.notesRoot);
    }

    function termsOf(address token, IWalnutEscrow.Note[] memory notes)
        internal
        pure
        returns (IWalnutEscrow.DepositTerms memory)
    {
        uint256 sum;
        for (uint256 i = 0; i < notes.length; i++) {
            sum += notes[i].amount;
        }
        return IWalnutEscrow.DepositTerms(token, sum, NoteTree.root(notes));
    }

    /* SIGNATURES */

    function domainOf(address target) internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Walnut"),
                keccak256("1"),
                vm.getChainId(),
                target
            )
        );
    }

    function voucherDigest(address target, IWalnutEscrow.Voucher memory voucher) internal view returns (bytes32) {
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256("Voucher(address token,uint256 amount,address linkKey)"),
                voucher.token,
                voucher.amount,
                voucher.linkKey
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domainOf(target), structHash));
    }

    function claimDigest(address target, address linkKey, IWalnutEscrow.Payout memory payout)
        internal
        view
        returns (bytes32)
    {
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "Claim(address linkKey,address recipient,address relayer,uint256 fee,uint256 deadline)"
                ),
                linkKey,
                payout.recipient,
                payout.relayer,
                payout.fee,
                payout.deadline
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domainOf(target), structHash));
    }

    function sign(uint256 key, bytes32 digest) internal pure returns (IWalnutEscrow.Signature memory) {
        (bytes32 r, bytes32 vs) = vm.signCompact(key, digest);
        return IWalnutEscrow.Signature(r, vs);
    }

    /* CLAIMS */

    function payoutTo(address to) internal view returns (IWalnutEscrow.Payout memory) {
        return IWalnutEscrow.Payout(to, address(0), 0, time() + 1 hours);
    }

    function payoutTo(address to, uint256 fee) internal view returns (IWalnutEscrow.Payout memory) {
        return IWalnutEscrow.Payout(to, relayer, fee, time() + 1 hours);
    }

    function itemOf(uint256 index, address token, uint256 amount, IWalnutEscrow.Payout memory payout)
        internal
        view
        returns (IWalnutEscrow.ClaimItem memory item)
    {
        item.voucher = IWalnutEscrow.Voucher(token, amount, vm.addr(linkKeyOf(index)));
        item.voucherSignature = sign(ENCLAVE_KEY, voucherDigest(address(escrow), item.voucher));
        item.payout = payout;
        item.linkSignature = linkSignatureOf(index, payout);
    }

    function linkSignatureOf(uint256 index, IWalnutEscrow.Payout memory payout)
        internal
        view
        returns (IWalnutEscrow.Signature memory)
    {
        return sign(linkKeyOf(index), claimDigest(address(escrow), vm.addr(linkKeyOf(index)), payout));
    }

    function claim(IWalnutEscrow.ClaimItem memory item) internal {
        escrow.claim(item.voucher, item.voucherSignature, item.payout, item.linkSignature);
    }

    function exit(IWalnutEscrow.Note[] memory notes, uint256 index, IWalnutEscrow.DepositTerms memory terms, address to)
        internal
    {
        IWalnutEscrow.Payout memory payout = payoutTo(to);
        escrow.exit(
            terms, notes[index], NoteTree.path(notes, index), payout, linkSignatureOf(index, payout)
        );
    }
}
