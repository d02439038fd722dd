// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {EIP712} from "solady/utils/EIP712.sol";
import {MerkleProofLib} from "solady/utils/MerkleProofLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {EscrowControl} from "./EscrowControl.sol";
import {IERC3009} from "./interfaces/IERC3009.sol";
import {IWalnutEscrow} from "./interfaces/IWalnutEscrow.sol";
import {ClaimMessage, ClaimMessages} from "./libraries/ClaimMessages.sol";
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
    using ClaimMessages for ClaimMessage;

    /// @dev Sums of 2^128 such amounts fit a word.
    uint256 private constant MAX_AMOUNT = type(uint128).max;

    /// @dev More than `claimMany` spends on an item beside what it gives to the item's call.
    uint256 private constant ITEM_OVERHEAD = 5_000;

    /// @dev What paying native coin to a new account costs at most, from the check of the gas left to
    /// the next item: two signatures 6,300, nullifier 22,100, transfer 36,600, event 1,900, the rest.
    uint256 private constant NATIVE_ITEM = 70_000;

    bool private transient _depositing;

    /// @param initialOwner A Safe in production.
    /// @param initialGuardian May pause; zero for nobody.
    /// @param delay Seconds from `addSigner` to its effect. No signer is given here, because a
    /// signer's key is derived for this contract's address.
    constructor(address initialOwner, address initialGuardian, uint256 delay)
        EscrowControl(initialOwner, initialGuardian, delay)
    {
        // Who is recovered from what is no signature: nothing is redeemed for it.
        _redeemed[address(0)] = 1;
    }

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
        id = NoteHash.depositId(uint160(token), amount, notesRoot);
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
        Claim calldata terms,
        Signature calldata linkSignature,
        Signature calldata voucherSignature
    ) external {
        ClaimMessage message = _messageOf(terms);
        (uint256 linkKey, bytes32 refusal) = _redeemVoucher(message, linkSignature, voucherSignature);
        if (refusal != 0) {
            if (refusal == InvalidVoucher.selector) {
                uint256 signer = message.voucherSigner(voucherSignature);
                revert InvalidVoucher(_address(linkKey), _address(signer));
            }
            _refuse(refusal, message, linkKey);
        }
        _payOut(message);
        if (message.token() == 0) {
            message.emitClaimed(linkKey);
        } else {
            message.emitTokenClaimed(linkKey);
        }
    }

    /// @inheritdoc IWalnutEscrow
    function claimMany(address token, address relayer, ClaimItem[] calldata items, uint256 gasPerItem)
        external
    {
        _requireNotPaused();
        ClaimMessage message = ClaimMessages.ofBatch(_domainSeparator(), token, relayer);
        // EIP-150 keeps a 64th back, and the way to the call costs something.
        uint256 required = gasPerItem + gasPerItem / 63 + ITEM_OVERHEAD;
        uint256 accountGas = gasPerItem > NATIVE_ITEM ? gasPerItem - NATIVE_ITEM : 0;
        for (uint256 i = 0; i < items.length; i++) {
            if (gasleft() < required) revert InsufficientGas(required);
            ClaimItem calldata item = items[i];
            message.set(item);
            if (message.token() | message.fee() == 0) _claimPlain(message, item, accountGas, i);
            else _claimByCall(message, item, i, gasPerItem);
        }
    }

    /// @dev Native coin without a fee: there is one transfer, and if it fails, only the nullifier is to be
    /// undone. During the transfer it is set, so that the recipient cannot redeem the note in it.
    function _claimPlain(ClaimMessage message, ClaimItem calldata item, uint256 accountGas, uint256 index) private {
        (uint256 linkKey, bytes32 refusal) =
            _redeemVoucher(message, item.linkSignature, item.voucherSignature);
        if (refusal == 0) {
            if (_sendNative(message.recipient(), message.amount(), accountGas)) {
                message.emitClaimed(linkKey);
                return;
            }
            _redeemed[_address(linkKey)] = 0;
            refusal = NativeTransferFailed.selector;
        }
        emit ClaimSkipped(index, bytes4(refusal));
    }

    /// @dev A call to oneself, so that an item that fails after its nullifier is set, or between the
    /// recipient's and the relayer's part, is undone as a whole.
    function _claimByCall(ClaimMessage message, ClaimItem calldata item, uint256 index, uint256 gasLimit) private {
        bytes4 selector = this.claim.selector;
        bool paid;
        bytes4 reason;
        assembly ("memory-safe") {
            // The arguments of `claim`: the message without its type hash, and the item's signatures.
            let m := mload(0x40)
            mstore(m, selector)
            mcopy(add(m, 0x04), add(message, 0x20), 0xc0)
            calldatacopy(add(m, 0xc4), add(item, 0x80), 0x80)
            mstore(0x00, 0)
            paid := call(gasLimit, address(), 0, m, 0x144, 0x00, 0x04)
            reason := mload(0x00)
        }
        if (!paid) emit ClaimSkipped(index, reason);
    }

    /// @inheritdoc IWalnutEscrow
    function exit(
        Claim calldata terms,
        Signature calldata linkSignature,
        uint256 depositAmount,
        bytes32 notesRoot,
        bytes32 salt,
        bytes32[] calldata path
    ) external {
        ClaimMessage message = _messageOf(terms);
        bytes32 id = NoteHash.depositId(message.token(), depositAmount, notesRoot);
        if (_deposits[id].time == 0) revert UnknownDeposit(id);
        uint256 linkKey = message.linkKey(linkSignature);
        if (!MerkleProofLib.verifyCalldata(path, notesRoot, NoteHash.leaf(linkKey, message.amount(), salt))) {
            revert NotInDeposit(notesRoot, _address(linkKey));
        }
        uint256 exited = _exited[id];
        if (message.amount() > depositAmount - exited) revert ExitExceedsDeposit(depositAmount - exited);
        _exited[id] = exited + message.amount();
        bytes32 refusal = _redeem(message, linkKey);
        if (refusal != 0) _refuse(refusal, message, linkKey);
        _payOut(message);
        message.emitExited(id, linkKey);
    }

    function _messageOf(Claim calldata terms) private view returns (ClaimMessage message) {
        message = ClaimMessages.ofTerms(_domainSeparator(), terms);
        if ((message.token() | message.relayer()) >> 160 != 0) revert MalformedAddress();
    }

    /// @dev Refusals are values, and thrown only by `claim` and `exit`, so that `claimMany` can go on.
    /// @return linkKey Who signed the claim, or zero.
    /// @return refusal The error's selector, or zero if the link key is redeemed now.
    function _redeemVoucher(
        ClaimMessage message,
        Signature calldata linkSignature,
        Signature calldata voucherSignature
    ) private returns (uint256 linkKey, bytes32 refusal) {
        linkKey = message.linkKey(linkSignature);
        refusal = _voucherRefusal(message.voucherSigner(voucherSignature));
        if (refusal == 0) refusal = _redeem(message, linkKey);
    }

    /// @dev The one way to redeem: checks all but the fee and where the note comes from, and sets the
    /// nullifier. That of the zero key, who is nobody, has been set from the start.
    /// @return refusal The error's selector, or zero.
    function _redeem(ClaimMessage message, uint256 linkKey) private returns (bytes32 refusal) {
        if (block.timestamp > message.deadline()) return ClaimExpired.selector;
        uint256 recipient = message.recipient();
        unchecked {
            // It has 20 bytes, and is not zero.
            if ((recipient - 1) >> 160 != 0) {
                return recipient == 0 ? InvalidRecipient.selector : MalformedAddress.selector;
            }
        }
        uint256 slot = _redeemedSlot(linkKey);
        uint256 redeemed;
        assembly ("memory-safe") {
            redeemed := sload(slot)
        }
        if (redeemed != 0) return AlreadyRedeemed.selector;
        assembly ("memory-safe") {
            sstore(slot, 1)
        }
    }

    /// @dev Throws the error that a refusal is the selector of.
    function _refuse(bytes32 refusal, ClaimMessage message, uint256 linkKey) private pure {
        if (refusal == ClaimExpired.selector) revert ClaimExpired(message.deadline());
        if (refusal == InvalidRecipient.selector) revert InvalidRecipient(address(0));
        if (refusal == AlreadyRedeemed.selector) revert AlreadyRedeemed(_address(linkKey));
        if (refusal == EscrowPaused.selector) revert EscrowPaused();
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

    function _payOut(ClaimMessage message) private {
        uint256 fee = message.fee();
        if (fee == 0) {
            _pay(message.token(), message.recipient(), message.amount());
        } else {
            if (fee > message.amount()) revert FeeExceedsAmount(message.amount());
            if (message.relayer() == 0) revert FeeWithoutRelayer();
            _pay(message.token(), message.recipient(), message.amount() - fee);
            _pay(message.token(), message.relayer(), fee);
        }
    }

    function _pay(uint256 token, uint256 to, uint256 amount) private {
        if (token != 0) {
            if (_address(to) == address(this)) revert InvalidRecipient(address(this));
            SafeTransferLib.safeTransfer(_address(token), _address(to), amount);
        } else if (!_sendNative(to, amount, gasleft())) {
            revert NativeTransferFailed(_address(to));
        }
    }

    function _sendNative(uint256 to, uint256 amount, uint256 gasLimit) private returns (bool paid) {
        assembly ("memory-safe") {
            // No returned data is copied: a recipient cannot make its sender pay for memory.
            paid := call(gasLimit, to, amount, 0, 0, 0, 0)
        }
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
