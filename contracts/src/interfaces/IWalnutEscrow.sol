// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title The Walnut escrow
/// @notice Holds the money behind payment links. A treasury deposits a batch of notes as one Merkle
/// root. The holder of a note's link key redeems it either with a voucher that an enclave signed
/// (`claim`: nothing in it points to the deposit) or by showing the note in the deposit's tree
/// (`exit`: public, but it depends on nobody). A link key is paid at most once, whichever way.
/// @dev Encodings: docs/protocol.md §2–4. Properties: contracts/PROPERTIES.md. Amounts are in the
/// token's smallest unit, times in seconds since 1970, the zero address stands for the native coin.
interface IWalnutEscrow {
    /* TYPES */

    /// @notice What the escrow stores of a deposit, in one slot.
    /// @param depositor Who paid: the sender, or who authorized the transfer of an EIP-3009 deposit.
    /// @param time The timestamp of the block that took it.
    struct Deposit {
        address depositor;
        uint96 time;
    }

    /// @notice What a deposit is identified by: its id is `keccak256(abi.encode(token, amount, notesRoot))`.
    struct DepositTerms {
        address token;
        uint256 amount;
        bytes32 notesRoot;
    }

    /// @notice An ECDSA signature in EIP-2098 form, the only form there is here.
    /// @param r The x coordinate of R, modulo n.
    /// @param vs The parity of R.y in the top bit, s in the other 255.
    struct Signature {
        bytes32 r;
        bytes32 vs;
    }

    /// @notice Which money goes where: what a link key signs. The key itself is passed nowhere: whoever
    /// signed this is the link key.
    /// @param token The note's token; zero for the native coin.
    /// @param amount The note's amount, all of it.
    /// @param recipient Gets the amount less the fee.
    /// @param fee At most the amount; zero if the relayer is zero.
    /// @param relayer Gets the fee, whoever sends the transaction; zero if there is no fee.
    /// @param deadline The last second at which it may be redeemed.
    struct Claim {
        address token;
        uint256 amount;
        address recipient;
        uint256 fee;
        address relayer;
        uint256 deadline;
    }

    /// @notice A claim in a batch of one token and one relayer, which are told once for all.
    struct ClaimItem {
        uint256 amount;
        address recipient;
        uint256 fee;
        uint256 deadline;
        Signature linkSignature;
        Signature voucherSignature;
    }

    /// @notice An EIP-2612 permit of the sender for this escrow and the deposit's amount.
    struct Permit {
        uint256 deadline;
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    /// @notice An EIP-3009 authorization of `from` for this escrow and the deposit's amount. Its
    /// nonce is the deposit's id.
    struct Authorization {
        address from;
        uint256 validAfter;
        uint256 validBefore;
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    /* ERRORS */

    /// @notice The amount is zero, or above `max`.
    error InvalidAmount(uint256 max);
    /// @notice The native coin sent is not `expected`: the sum of the native deposits in the call.
    error WrongValue(uint256 expected);
    /// @notice The transfer brought in `received` where `expected` was due, as with a token that
    /// takes a fee on transfers.
    error InexactTransfer(uint256 expected, uint256 received);
    /// @notice There is such a deposit already. A batch with fresh salts has another root.
    error DepositExists(bytes32 deposit);
    /// @notice There is no such deposit.
    error UnknownDeposit(bytes32 deposit);
    /// @notice The path does not lead to the deposit's root from the note of `linkKey`, who signed the
    /// claim, with the claim's amount and this salt.
    error NotInDeposit(bytes32 notesRoot, address linkKey);
    /// @notice Exits have left `remaining` of this deposit.
    error ExitExceedsDeposit(uint256 remaining);
    /// @notice This link key has been paid. The zero key, whose signature is one that is nobody's, counts
    /// as paid.
    error AlreadyRedeemed(address linkKey);
    /// @notice The claim was good until `deadline`.
    error ClaimExpired(uint256 deadline);
    /// @notice The fee is above the amount of the note.
    error FeeExceedsAmount(uint256 amount);
    /// @notice There is a fee, but no relayer to get it.
    error FeeWithoutRelayer();
    /// @notice The recipient is the zero address or, for a token, the escrow.
    error InvalidRecipient(address recipient);
    /// @notice An address is longer than 20 bytes.
    error MalformedAddress();
    /// @notice No active signer signed a voucher over this money and `linkKey`, who signed the claim.
    /// If `linkKey` is not the note's, the link signature is over other terms, another escrow or another
    /// chain. If it is, the voucher is of `signer`, or of nobody if that is zero.
    error InvalidVoucher(address linkKey, address signer);
    /// @notice `to` refused the native coin.
    error NativeTransferFailed(address to);
    /// @notice Deposits and voucher claims are paused. Exits never are.
    error EscrowPaused();
    /// @notice The call needs at least `required` gas left for its next item.
    error InsufficientGas(uint256 required);
    /// @notice A permit or an authorization goes with a token, not with the native coin.
    error TokenRequired();
    /// @notice The token refused the permit, and the sender's `allowance` is below the amount.
    error PermitRejected(uint256 allowance);
    /// @notice Neither the owner nor the guardian.
    error NotGuardian(address caller);
    /// @notice The signer is the zero address, or in the set already.
    error InvalidSigner(address signer);
    /// @notice The delay is above `max`.
    error InvalidSignerDelay(uint256 max);
    /// @notice The signer is not in the set.
    error UnknownSigner(address signer);
    /// @notice Without an owner no signer could be replaced, and no pause ended.
    error OwnerRequired();
    /// @notice A deposit within a deposit: the token calls back.
    error Reentered();

    /* EVENTS */

    /// @notice Money came in.
    event Deposited(
        bytes32 indexed deposit,
        address indexed depositor,
        address indexed token,
        uint256 amount,
        bytes32 notesRoot
    );
    /// @notice A voucher was paid in native coin. `amount` includes the fee; fee and relayer are in the
    /// calldata.
    event Claimed(address indexed linkKey, uint256 amount, address recipient);
    /// @notice A voucher was paid in a token; else as `Claimed`.
    event TokenClaimed(address indexed linkKey, address token, uint256 amount, address recipient);
    /// @notice A note was paid against its deposit. `amount` includes the fee; fee and relayer are in
    /// the calldata.
    event Exited(
        bytes32 indexed deposit, address indexed linkKey, address token, uint256 amount, address recipient
    );
    /// @notice An item of `claimMany` failed and changed nothing.
    /// @param index Its place in the list, from 0.
    /// @param reason The first four bytes of the error that `claim` would end with; zero if it would
    /// end with none, as when it runs out of gas.
    event ClaimSkipped(uint256 indexed index, bytes4 reason);

    /// @notice `signer`'s vouchers are paid from `activeFrom` on.
    event SignerAdded(address indexed signer, uint256 activeFrom);
    /// @notice `signer`'s vouchers are paid no more.
    event SignerRemoved(address indexed signer);
    /// @notice `current` may pause from now on, `previous` no more; zero is nobody.
    event GuardianChanged(address indexed previous, address indexed current);
    /// @notice Deposits and voucher claims are stopped.
    event PausedBy(address indexed account);
    /// @notice Deposits and voucher claims go on.
    event UnpausedBy(address indexed account);

    /* DEPOSIT */

    /// @notice Takes `amount` of `token` for the notes under `notesRoot`.
    /// @dev What is assumed of a token. If broken, the holders of this one token can lose money
    /// (no other token is touched):
    /// - a transfer moves what it says, then and later: no fee on the way out, no rebase downwards,
    ///   no burning or moving of the escrow's balance by others;
    /// - `balanceOf` tells the truth.
    /// If broken, this token's notes are stuck as long as it lasts:
    /// - the token does not block the escrow, the recipient or the relayer, and is not paused.
    /// Not supported: tokens that take a fee on transfer (refused with `InexactTransfer`), rebasing
    /// tokens (wrap them), tokens with two addresses. Tokens that call back (ERC-777) are supported,
    /// and so are tokens that return nothing (USDT).
    /// @param token The ERC-20 token, or zero for the native coin.
    /// @param amount From 1 to 2^128 − 1; for the native coin the value sent with the call.
    /// @param notesRoot The root of the notes' StandardMerkleTree.
    function deposit(address token, uint256 amount, bytes32 notesRoot) external payable;

    /// @notice Takes several deposits. One that fails makes all fail.
    /// @param deposits The value sent must be the sum of those in native coin.
    function depositMany(DepositTerms[] calldata deposits) external payable;

    /// @notice `deposit` of a token with its EIP-2612 permit. If the permit has been used already
    /// (anyone may), the allowance it left will do.
    function depositWithPermit(address token, uint256 amount, bytes32 notesRoot, Permit calldata permit)
        external;

    /// @notice `deposit` of a token that `authorization.from` signed an EIP-3009
    /// `ReceiveWithAuthorization` for, with the deposit's id as its nonce: so whoever sends it, the
    /// money goes behind these notes. The depositor is `from`.
    function depositWithAuthorization(
        address token,
        uint256 amount,
        bytes32 notesRoot,
        Authorization calldata authorization
    ) external;

    /* REDEEM */

    /// @notice Pays a note against a voucher of an active signer, to where its link key says.
    /// Anyone may send it.
    /// @param linkSignature Of the note's link key, over `terms`.
    /// @param voucherSignature Of an active signer, over the voucher: token, amount and link key.
    function claim(
        Claim calldata terms,
        Signature calldata linkSignature,
        Signature calldata voucherSignature
    ) external;

    /// @notice `claim` for each item. An item that fails changes nothing and is told by
    /// `ClaimSkipped`; the others are paid.
    /// @param token Of all items.
    /// @param relayer Of all items; zero if they have none.
    /// @param gasPerItem The gas that one item may cost, so that no recipient or token can spend what
    /// is meant for the others: some 75,000 for native coin to plain accounts. The call reverts, with
    /// nothing paid, rather than give an item less.
    function claimMany(address token, address relayer, ClaimItem[] calldata items, uint256 gasPerItem)
        external;

    /// @notice Pays a note against its deposit, to where its link key says. It needs no signer,
    /// cannot be paused, and shows which deposit the note came from. Anyone may send it.
    /// @param terms `amount` of the deposit's token is the note's.
    /// @param linkSignature Of the note's link key, over `terms`.
    /// @param depositAmount The whole deposit's amount.
    /// @param notesRoot The deposit's root.
    /// @param salt The note's salt.
    /// @param path The siblings from the note's leaf up to the root.
    function exit(
        Claim calldata terms,
        Signature calldata linkSignature,
        uint256 depositAmount,
        bytes32 notesRoot,
        bytes32 salt,
        bytes32[] calldata path
    ) external;

    /* CONTROL */

    /// @notice Adds a signer, active after `signerDelay` seconds: time to exit for whoever does not
    /// trust it. Only the owner.
    function addSigner(address signer) external;

    /// @notice Removes a signer, at once. Only the owner.
    function removeSigner(address signer) external;

    /// @notice Names who may pause besides the owner; zero for nobody. Only the owner.
    function setGuardian(address newGuardian) external;

    /// @notice Stops deposits and voucher claims, not exits. Only the owner and the guardian.
    function pause() external;

    /// @notice Ends a pause. Only the owner.
    function unpause() external;

    /* VIEWS */

    /// @notice The stored deposit; all zero if there is none.
    function depositOf(bytes32 depositId) external view returns (address depositor, uint96 time);

    /// @notice What has left a deposit by exits.
    function exitedOf(bytes32 depositId) external view returns (uint256 amount);

    /// @notice Whether the link key has been paid, by voucher or by exit.
    function isRedeemed(address linkKey) external view returns (bool);

    /// @notice Whether the signer's vouchers are paid now, were the escrow not paused.
    function isSigner(address signer) external view returns (bool);

    /// @notice When the signer became or becomes active; zero if it is not in the set.
    function signerActiveFrom(address signer) external view returns (uint256 time);

    /// @notice Seconds between `addSigner` and its effect.
    function signerDelay() external view returns (uint256);

    /// @notice Who may pause besides the owner; zero for nobody.
    function guardian() external view returns (address);

    /// @notice Whether deposits and voucher claims are stopped.
    function paused() external view returns (bool);

    /// @notice The EIP-712 domain separator for the chain as it is now.
    function domainSeparator() external view returns (bytes32);
}
