// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {WalnutEscrow} from "../../src/WalnutEscrow.sol";
import {IWalnutEscrow} from "../../src/interfaces/IWalnutEscrow.sol";
import {Note, NoteTree} from "./NoteTree.sol";
import {Test} from "./Test.sol";

/// @dev What the enclave signs.
struct Voucher {
    address token;
    uint256 amount;
    address linkKey;
}

/// @dev What a recipient chooses of a claim.
struct Payout {
    address recipient;
    address relayer;
    uint256 fee;
    uint256 deadline;
}

/// @dev The arguments of a claim.
struct SignedClaim {
    IWalnutEscrow.Claim terms;
    IWalnutEscrow.Signature linkSignature;
    IWalnutEscrow.Signature voucherSignature;
}

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

    function noteOf(uint256 index, uint256 amount) internal pure returns (Note memory) {
        return Note(vm.addr(linkKeyOf(index)), amount, keccak256(abi.encode("salt", index)));
    }

    /// @dev `count` notes of `amount` each.
    function notesOf(uint256 count, uint256 amount) internal pure returns (Note[] memory notes) {
        notes = new Note[](count);
        for (uint256 i = 0; i < count; i++) {
            notes[i] = noteOf(i, amount);
        }
    }

    function depositIdOf(IWalnutEscrow.DepositTerms memory terms) internal pure returns (bytes32) {
        return keccak256(abi.encode(terms.token, terms.amount, terms.notesRoot));
    }

    /// @dev The treasury pays native coin for the notes, exactly.
    function depositNative(Note[] memory notes) internal returns (IWalnutEscrow.DepositTerms memory terms) {
        terms = termsOf(NATIVE, notes);
        vm.prank(treasury);
        escrow.deposit{value: terms.amount}(NATIVE, terms.amount, terms.notesRoot);
    }

    function termsOf(address token, Note[] memory notes)
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

    function voucherDigest(address target, Voucher memory voucher) internal view returns (bytes32) {
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

    function claimDigest(address target, IWalnutEscrow.Claim memory terms) internal view returns (bytes32) {
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "Claim(address token,uint256 amount,address recipient,uint256 fee,address relayer,uint256 deadline)"
                ),
                terms.token,
                terms.amount,
                terms.recipient,
                terms.fee,
                terms.relayer,
                terms.deadline
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domainOf(target), structHash));
    }

    function sign(uint256 key, bytes32 digest) internal pure returns (IWalnutEscrow.Signature memory) {
        (bytes32 r, bytes32 vs) = vm.signCompact(key, digest);
        return IWalnutEscrow.Signature(r, vs);
    }

    /* CLAIMS */

    function payoutTo(address to) internal view returns (Payout memory) {
        return Payout(to, address(0), 0, time() + 1 hours);
    }

    function payoutTo(address to, uint256 fee) internal view returns (Payout memory) {
        return Payout(to, relayer, fee, time() + 1 hours);
    }

    function termsFor(address token, uint256 amount, Payout memory payout)
        internal
        pure
        returns (IWalnutEscrow.Claim memory)
    {
        return IWalnutEscrow.Claim(
            token, amount, payout.recipient, payout.fee, payout.relayer, payout.deadline
        );
    }

    /// @dev A good claim of the note of link `index`.
    function itemOf(uint256 index, address token, uint256 amount, Payout memory payout)
        internal
        view
        returns (SignedClaim memory item)
    {
        item.terms = termsFor(token, amount, payout);
        item.linkSignature = linkSignatureOf(index, item.terms);
        item.voucherSignature = voucherSignatureOf(index, token, amount);
    }

    function linkAt(uint256 index) internal pure returns (address) {
        return vm.addr(linkKeyOf(index));
    }

    function voucherOf(uint256 index, address token, uint256 amount) internal pure returns (Voucher memory) {
        return Voucher(token, amount, linkAt(index));
    }

    function voucherSignatureOf(uint256 index, address token, uint256 amount)
        internal
        view
        returns (IWalnutEscrow.Signature memory)
    {
        return sign(ENCLAVE_KEY, voucherDigest(address(escrow), voucherOf(index, token, amount)));
    }

    function linkSignatureOf(uint256 index, IWalnutEscrow.Claim memory terms)
        internal
        view
        returns (IWalnutEscrow.Signature memory)
    {
        return sign(linkKeyOf(index), claimDigest(address(escrow), terms));
    }

    function claim(SignedClaim memory item) internal {
        escrow.claim(item.terms, item.linkSignature, item.voucherSignature);
    }

    function claimCall(SignedClaim memory item) internal view returns (bytes memory) {
        return abi.encodeCall(escrow.claim, (item.terms, item.linkSignature, item.voucherSignature));
    }

    /// @dev The batch has token and relayer of its first claim: the others must have the same.
    function batchOf(SignedClaim[] memory claims)
        internal
        pure
        returns (address token, address by, IWalnutEscrow.ClaimItem[] memory items)
    {
        token = claims[0].terms.token;
        by = claims[0].terms.relayer;
        items = new IWalnutEscrow.ClaimItem[](claims.length);
        for (uint256 i = 0; i < claims.length; i++) {
            IWalnutEscrow.Claim memory terms = claims[i].terms;
            vm.assertEq(terms.token, token, "the batch has one token");
            vm.assertEq(terms.relayer, by, "the batch has one relayer");
            items[i] = IWalnutEscrow.ClaimItem(
                terms.amount,
                terms.recipient,
                terms.fee,
                terms.deadline,
                claims[i].linkSignature,
                claims[i].voucherSignature
            );
        }
    }

    function claimMany(SignedClaim[] memory claims, uint256 gasPerItem) internal {
        (address token, address by, IWalnutEscrow.ClaimItem[] memory items) = batchOf(claims);
        escrow.claimMany(token, by, items, gasPerItem);
    }

    function claimManyCall(SignedClaim[] memory claims, uint256 gasPerItem) internal view returns (bytes memory) {
        (address token, address by, IWalnutEscrow.ClaimItem[] memory items) = batchOf(claims);
        return abi.encodeCall(escrow.claimMany, (token, by, items, gasPerItem));
    }

    /// @dev An exit, and whoever signed it.
    struct ExitItem {
        IWalnutEscrow.DepositTerms deposit;
        Note note;
        bytes32[] path;
        IWalnutEscrow.Claim terms;
        IWalnutEscrow.Signature linkSignature;
    }

    /// @dev The exit of the note at `index`, signed by link `link`.
    function exitOf(
        IWalnutEscrow.DepositTerms memory deposit,
        Note[] memory notes,
        uint256 index,
        uint256 link,
        Payout memory payout
    ) internal view returns (ExitItem memory item) {
        item.deposit = deposit;
        item.note = notes[index];
        item.path = NoteTree.path(notes, index);
        item.terms = termsFor(deposit.token, item.note.amount, payout);
        item.linkSignature = linkSignatureOf(link, item.terms);
    }

    function exit(ExitItem memory item) internal {
        escrow.exit(
            item.terms,
            item.linkSignature,
            item.deposit.amount,
            item.deposit.notesRoot,
            item.note.salt,
            item.path
        );
    }

    function exitCall(ExitItem memory item) internal view returns (bytes memory) {
        return abi.encodeCall(
            escrow.exit,
            (
                item.terms,
                item.linkSignature,
                item.deposit.amount,
                item.deposit.notesRoot,
                item.note.salt,
                item.path
            )
        );
    }

    function exit(Note[] memory notes, uint256 index, IWalnutEscrow.DepositTerms memory deposit, address to)
        internal
    {
        exit(exitOf(deposit, notes, index, index, payoutTo(to)));
    }
}
