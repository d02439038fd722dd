// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "solady/utils/EIP712.sol";
import {MerkleProofLib} from "solady/utils/MerkleProofLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {EscrowControl} from "./EscrowControl.sol";
import {IWalnutEscrow} from "./interfaces/IWalnutEscrow.sol";
import {NoteHash} from "./libraries/NoteHash.sol";

/// @dev Stands first in the inheritance, so that deposits are at slot 0, where the enclave's storage
/// proof looks for them.
abstract contract EscrowLedger is IWalnutEscrow {
    mapping(bytes32 depositId => Deposit) internal _deposits;
    mapping(bytes32 depositId => uint256 amount) internal _exited;
    /// @dev Not a bool: that would be masked on each read and write. 1 is paid.
    mapping(address linkKey => uint256) internal _redeemed;
}

/// @title The Walnut escrow
/// @dev See {IWalnutEscrow}. No balance is read but a token's before and after a deposit, so what is
/// forced in changes nothing.
contract WalnutEscrow is EscrowLedger, EscrowControl, EIP712 {
    /// @dev Sums of 2^128 such amounts fit a word.
    uint256 private constant MAX_AMOUNT = type(uint128).max;

    bool private transient _depositing;

    /// @param initialOwner A Safe in production.
    /// @param initialGuardian May pause; zero for nobody.
    /// @param delay Seconds from `addSigner` to its effect. No signer is given here, because a
    /// signer's key is derived for this contract's address.
    constructor(address initialOwner, address initialGuardian, uint256 delay)
        EscrowControl(initialOwner, initialGuardian, delay)
    {}

    /* DEPOSIT */

    /// @inheritdoc IWalnutEscrow
    function deposit(address token, uint256 amount, bytes32 notesRoot) external payable {
        _requireNotPaused();
        if (msg.value != (token == address(0) ? amount : 0)) {
            revert WrongValue(token == address(0) ? amount : 0);
        }
        _record(msg.sender, token, amount, notesRoot);
        if (token != address(0)) _pull(token, amount);
    }

    function _record(address depositor, address token, uint256 amount, bytes32 notesRoot) private {
        if (amount == 0 || amount > MAX_AMOUNT) revert InvalidAmount(MAX_AMOUNT);
        bytes32 id = NoteHash.depositId(token, amount, notesRoot);
        if (_deposits[id].time != 0) revert DepositExists(id);
        _deposits[id] = Deposit({depositor: depositor, time: uint96(block.timestamp)});
        emit Deposited(id, depositor, token, amount, notesRoot);
    }

    /// @dev Deposits do not nest: a token that calls back could else have one transfer counted for
    /// the inner and the outer one.
    function _pull(address token, uint256 amount) private {
        if (_depositing) revert Reentered();
        _depositing = true;
        uint256 before = SafeTransferLib.balanceOf(token, address(this));
        SafeTransferLib.safeTransferFrom(token, msg.sender, address(this), amount);
        uint256 received = SafeTransferLib.balanceOf(token, address(this)) - before;
        if (received != amount) revert InexactTransfer(amount, received);
        _depositing = false;
    }

    /* REDEEM */

    /// @inheritdoc IWalnutEscrow
    function claim(
        Voucher calldata voucher,
        Signature calldata voucherSignature,
        Payout calldata payout,
        Signature calldata linkSignature
    ) external {
        _requireNotPaused();
        _requireActiveSigner(_recover(_hashTypedData(NoteHash.voucher(voucher)), voucherSignature));
        emit Claimed(
            voucher.linkKey, payout.recipient, voucher.token, voucher.amount, payout.relayer, payout.fee
        );
        _redeem(voucher.token, voucher.amount, voucher.linkKey, payout, linkSignature);
    }

    /// @inheritdoc IWalnutEscrow
    function exit(
        DepositTerms calldata terms,
        Note calldata note,
        bytes32[] calldata path,
        Payout calldata payout,
        Signature calldata linkSignature
    ) external {
        bytes32 id = NoteHash.depositId(terms.token, terms.amount, terms.notesRoot);
        if (_deposits[id].time == 0) revert UnknownDeposit(id);
        if (!MerkleProofLib.verifyCalldata(path, terms.notesRoot, NoteHash.leaf(note))) {
            revert NotInDeposit(terms.notesRoot);
        }
        uint256 exited = _exited[id];
        if (note.amount > terms.amount - exited) revert ExitExceedsDeposit(terms.amount - exited);
        _exited[id] = exited + note.amount;
        emit Exited(
            id, note.linkKey, payout.recipient, terms.token, note.amount, payout.relayer, payout.fee
        );
        _redeem(terms.token, note.amount, note.linkKey, payout, linkSignature);
    }

    /// @dev The one way out of the escrow.
    function _redeem(
        address token,
        uint256 amount,
        address linkKey,
        Payout calldata payout,
        Signature calldata linkSignature
    ) private {
        if (block.timestamp > payout.deadline) revert ClaimExpired(payout.deadline);
        if (payout.recipient == address(0)) revert InvalidRecipient(payout.recipient);
        if (payout.fee > amount) revert FeeExceedsAmount(amount);
        if (payout.fee != 0 && payout.relayer == address(0)) revert FeeWithoutRelayer();
        if (_redeemed[linkKey] != 0) revert AlreadyRedeemed(linkKey);

        address recovered = _recover(_hashTypedData(NoteHash.claim(linkKey, payout)), linkSignature);
        if (recovered != linkKey || linkKey == address(0)) revert InvalidLinkSignature(linkKey);

        _redeemed[linkKey] = 1;
        _pay(token, payout.recipient, amount - payout.fee);
        if (payout.fee != 0) _pay(token, payout.relayer, payout.fee);
    }

    function _pay(address token, address to, uint256 amount) private {
        if (token != address(0)) {
            if (to == address(this)) revert InvalidRecipient(to);
            SafeTransferLib.safeTransfer(token, to, amount);
            return;
        }
        bool paid;
        assembly ("memory-safe") {
            // No returned data is copied: a recipient cannot make its sender pay for memory.
            paid := call(gas(), to, amount, 0, 0, 0, 0)
        }
        if (!paid) revert NativeTransferFailed(to);
    }

    /// @dev High values of s need no check: with 255 bits for s the other signature of a pair, n − s,
    /// cannot be written down, save for s within 2^127 of n/2; and no signature is an identifier here.
    /// @return Who signed, or zero.
    function _recover(bytes32 digest, Signature calldata signature) private view returns (address) {
        bytes32 vs = signature.vs;
        uint8 v = uint8(uint256(vs) >> 255) + 27;
        bytes32 s = vs & bytes32(type(uint256).max >> 1);
        return ecrecover(digest, v, signature.r, s);
    }

    /* VIEWS */

    /// @inheritdoc IWalnutEscrow
    function depositOf(bytes32 depositId) external view returns (address depositor, uint96 time) {
        Deposit storage stored = _deposits[depositId];
        return (stored.depositor, stored.time);
    }

    /// @inheritdoc IWalnutEscrow
    function exitedOf(bytes32 depositId) external view returns (uint256) {
        return _exited[depositId];
    }

    /// @inheritdoc IWalnutEscrow
    function isRedeemed(address linkKey) external view returns (bool) {
        return _redeemed[linkKey] != 0;
    }

    /// @inheritdoc IWalnutEscrow
    function domainSeparator() external view returns (bytes32) {
        return _domainSeparator();
    }

    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("Walnut", "1");
    }
}
