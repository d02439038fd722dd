// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {ECDSA} from "solady/utils/ECDSA.sol";
import {EIP712} from "solady/utils/EIP712.sol";
import {MerkleProofLib} from "solady/utils/MerkleProofLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {EscrowControl} from "./EscrowControl.sol";
import {IERC3009} from "./interfaces/IERC3009.sol";
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

    /// @dev More than `claimMany` spends between the check of the gas left and the item's call.
    uint256 private constant ITEM_OVERHEAD = 5_000;

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
        uint256 value = token == address(0) ? amount : 0;
        if (msg.value != value) revert WrongValue(value);
        _record(msg.sender, token, amount, notesRoot);
        if (token != address(0)) _pull(token, amount);
    }

    /// @inheritdoc IWalnutEscrow
    function depositMany(DepositTerms[] calldata deposits) external payable {
        _requireNotPaused();
        uint256 value;
        for (uint256 i = 0; i < deposits.length; i++) {
            DepositTerms calldata terms = deposits[i];
            _record(msg.sender, terms.token, terms.amount, terms.notesRoot);
            if (terms.token == address(0)) value += terms.amount;
            else _pull(terms.token, terms.amount);
        }
        if (msg.value != value) revert WrongValue(value);
    }

    /// @inheritdoc IWalnutEscrow
    function depositWithPermit(address token, uint256 amount, bytes32 notesRoot, Permit calldata permit)
        external
    {
        _requireNotPaused();
        if (token == address(0)) revert TokenRequired();
        try IERC20Permit(token).permit(
            msg.sender, address(this), amount, permit.deadline, permit.v, permit.r, permit.s
        ) {} catch {
            uint256 allowance = IERC20(token).allowance(msg.sender, address(this));
            if (allowance < amount) revert PermitRejected(allowance);
        }
        _record(msg.sender, token, amount, notesRoot);
        _pull(token, amount);
    }

    /// @inheritdoc IWalnutEscrow
    function depositWithAuthorization(
        address token,
        uint256 amount,
        bytes32 notesRoot,
        Authorization calldata authorization
    ) external {
        _requireNotPaused();
        if (token == address(0)) revert TokenRequired();
        bytes32 id = _record(authorization.from, token, amount, notesRoot);
        uint256 before = _beginTransfer(token);
        IERC3009(token).receiveWithAuthorization(
            authorization.from,
            address(this),
            amount,
            authorization.validAfter,
            authorization.validBefore,
            id,
            authorization.v,
            authorization.r,
            authorization.s
        );
        _endTransfer(token, before, amount);
    }

    function _record(address depositor, address token, uint256 amount, bytes32 notesRoot)
        private
        returns (bytes32 id)
    {
        if (amount == 0 || amount > MAX_AMOUNT) revert InvalidAmount(MAX_AMOUNT);
        id = NoteHash.depositId(token, amount, notesRoot);
        if (_deposits[id].time != 0) revert DepositExists(id);
        _deposits[id] = Deposit({depositor: depositor, time: uint96(block.timestamp)});
        emit Deposited(id, depositor, token, amount, notesRoot);
    }

    function _pull(address token, uint256 amount) private {
        uint256 before = _beginTransfer(token);
        SafeTransferLib.safeTransferFrom(token, msg.sender, address(this), amount);
        _endTransfer(token, before, amount);
    }

    /// @dev Deposits do not nest: a token that calls back could else have one transfer counted for
    /// the inner and the outer one.
    function _beginTransfer(address token) private returns (uint256 before) {
        if (_depositing) revert Reentered();
        _depositing = true;
        before = SafeTransferLib.balanceOf(token, address(this));
    }

    function _endTransfer(address token, uint256 before, uint256 amount) private {
        uint256 current = SafeTransferLib.balanceOf(token, address(this));
        if (current != before + amount) {
            revert InexactTransfer(amount, current > before ? current - before : 0);
        }
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
        _requireClaimable(_signerOf(NoteHash.voucher(voucher), voucherSignature));
        // Read without Solidity's checks: the signature above is over these very words.
        uint256 token;
        uint256 amount;
        uint256 linkKey;
        assembly ("memory-safe") {
            token := calldataload(voucher)
            amount := calldataload(add(voucher, 0x20))
            linkKey := calldataload(add(voucher, 0x40))
        }
        (uint256 recipient, uint256 relayer, uint256 fee) =
            _redeem(amount, linkKey, payout, linkSignature);
        emit Claimed(_address(linkKey), _address(recipient), _address(token), amount, _address(relayer), fee);
        _payOut(_address(token), amount, _address(recipient), _address(relayer), fee);
    }

    /// @inheritdoc IWalnutEscrow
    function claimMany(ClaimItem[] calldata items, uint256 gasPerItem) external {
        _requireNotPaused();
        // EIP-150 keeps a 64th back, and the way to the call costs something.
        uint256 required = gasPerItem + gasPerItem / 63 + ITEM_OVERHEAD;
        for (uint256 i = 0; i < items.length; i++) {
            if (gasleft() < required) revert InsufficientGas(required);
            (bool paid, address linkKey, bytes4 reason) = _tryClaim(items[i], gasPerItem);
            if (!paid) emit ClaimSkipped(linkKey, i, reason);
        }
    }

    /// @dev A call to oneself, so that an item that fails after its nullifier is set, or between the
    /// recipient's and the relayer's part, is undone as a whole.
    function _tryClaim(ClaimItem calldata item, uint256 gasLimit)
        private
        returns (bool paid, address linkKey, bytes4 reason)
    {
        bytes4 selector = this.claim.selector;
        assembly ("memory-safe") {
            // An item is laid out as the arguments of `claim` are: all of it is static.
            let m := mload(0x40)
            mstore(m, selector)
            calldatacopy(add(m, 0x04), item, 0x160)
            mstore(0x00, 0)
            paid := call(gasLimit, address(), 0, m, 0x164, 0x00, 0x04)
            reason := mload(0x00)
            // Cut rather than checked: a malformed item is no reason to stop.
            linkKey := shr(96, shl(96, calldataload(add(item, 0x40))))
        }
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
        (uint256 recipient, uint256 relayer, uint256 fee) =
            _redeem(note.amount, uint160(note.linkKey), payout, linkSignature);
        emit Exited(
            id, note.linkKey, _address(recipient), terms.token, note.amount, _address(relayer), fee
        );
        _payOut(terms.token, note.amount, _address(recipient), _address(relayer), fee);
    }

    /// @dev The one way to redeem.
    function _redeem(
        uint256 amount,
        uint256 linkKey,
        Payout calldata payout,
        Signature calldata linkSignature
    ) private returns (uint256 recipient, uint256 relayer, uint256 fee) {
        uint256 deadline;
        assembly ("memory-safe") {
            recipient := calldataload(payout)
            relayer := calldataload(add(payout, 0x20))
            fee := calldataload(add(payout, 0x40))
            deadline := calldataload(add(payout, 0x60))
        }
        if (block.timestamp > deadline) revert ClaimExpired(deadline);
        unchecked {
            // Both have 20 bytes, and the recipient is not zero.
            if (((recipient - 1) | relayer) >> 160 != 0) _refuseAddress(recipient);
        }
        if (fee != 0) {
            if (fee > amount) revert FeeExceedsAmount(amount);
            if (relayer == 0) revert FeeWithoutRelayer();
        }
        uint256 slot = _redeemedSlot(linkKey);
        uint256 redeemed;
        assembly ("memory-safe") {
            redeemed := sload(slot)
        }
        if (redeemed != 0) revert AlreadyRedeemed(_address(linkKey));
        if (linkKey == 0 || uint160(_signerOf(NoteHash.claim(linkKey, payout), linkSignature)) != linkKey) {
            revert InvalidLinkSignature(_address(linkKey));
        }
        assembly ("memory-safe") {
            sstore(slot, 1)
        }
    }

    /// @dev High values of s need no check: with 255 bits for s the other signature of a pair, n − s,
    /// cannot be written down, save for s within 2^127 of n/2; and no signature is an identifier here.
    /// @return Who signed, or zero if it is no signature.
    function _signerOf(bytes32 structHash, Signature calldata signature) private view returns (address) {
        return ECDSA.tryRecover(_hashTypedData(structHash), signature.r, signature.vs);
    }

    function _refuseAddress(uint256 recipient) private pure {
        if (recipient == 0) revert InvalidRecipient(address(0));
        revert MalformedAddress();
    }

    function _redeemedSlot(uint256 linkKey) private pure returns (uint256 slot) {
        assembly ("memory-safe") {
            mstore(0x00, linkKey)
            mstore(0x20, _redeemed.slot)
            slot := keccak256(0x00, 0x40)
        }
    }

    function _address(uint256 word) private pure returns (address) {
        return address(uint160(word));
    }

    function _payOut(address token, uint256 amount, address recipient, address relayer, uint256 fee) private {
        if (fee == 0) {
            _pay(token, recipient, amount);
        } else {
            _pay(token, recipient, amount - fee);
            _pay(token, relayer, fee);
        }
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
