// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";

import {IWalnutEscrow} from "./interfaces/IWalnutEscrow.sol";

/// @title Who signs vouchers, who may pause, who owns the escrow
/// @dev Nothing here moves money, and nothing here is read by `exit`.
abstract contract EscrowControl is IWalnutEscrow, Ownable2Step {
    /// @inheritdoc IWalnutEscrow
    uint256 public immutable signerDelay;

    mapping(address signer => uint256 time) private _signerActiveFrom;

    /// @dev One slot, so that the usual claim (not paused, latest signer) reads nothing else of all
    /// this: the latest signer in bits 0–159, when it becomes active in bits 160–223, and `PAUSED`.
    uint256 private _gate;

    uint256 private constant PAUSED = 1 << 224;

    /// @dev In the place of a latest signer that there is not: the zero address, never active.
    uint256 private constant NOBODY = uint256(type(uint64).max) << 160;

    /// @inheritdoc IWalnutEscrow
    address public guardian;

    uint256 private constant MAX_SIGNER_DELAY = 365 days;

    constructor(address initialOwner, address initialGuardian, uint256 delay) Ownable(initialOwner) {
        if (delay > MAX_SIGNER_DELAY) revert InvalidSignerDelay(MAX_SIGNER_DELAY);
        signerDelay = delay;
        guardian = initialGuardian;
        _gate = NOBODY;
        emit GuardianChanged(address(0), initialGuardian);
    }

    /* SIGNERS */

    /// @inheritdoc IWalnutEscrow
    function addSigner(address signer) external onlyOwner {
        if (signer == address(0) || _signerActiveFrom[signer] != 0) revert InvalidSigner(signer);
        uint256 activeFrom = block.timestamp + signerDelay; // below 2^64: see the constructor
        _signerActiveFrom[signer] = activeFrom;
        _gate = _gate & PAUSED | activeFrom << 160 | uint160(signer);
        emit SignerAdded(signer, activeFrom);
    }

    /// @inheritdoc IWalnutEscrow
    function removeSigner(address signer) external onlyOwner {
        if (_signerActiveFrom[signer] == 0) revert UnknownSigner(signer);
        delete _signerActiveFrom[signer];
        if (address(uint160(_gate)) == signer) _gate = _gate & PAUSED | NOBODY;
        emit SignerRemoved(signer);
    }

    /// @inheritdoc IWalnutEscrow
    function isSigner(address signer) public view returns (bool) {
        uint256 activeFrom = _signerActiveFrom[signer];
        return activeFrom != 0 && activeFrom <= block.timestamp;
    }

    /// @inheritdoc IWalnutEscrow
    function signerActiveFrom(address signer) external view returns (uint256) {
        return _signerActiveFrom[signer];
    }

    /* PAUSE */

    /// @inheritdoc IWalnutEscrow
    function setGuardian(address newGuardian) external onlyOwner {
        emit GuardianChanged(guardian, newGuardian);
        guardian = newGuardian;
    }

    /// @inheritdoc IWalnutEscrow
    function pause() external {
        if (msg.sender != guardian && msg.sender != owner()) revert NotGuardian(msg.sender);
        _gate |= PAUSED;
        emit PausedBy(msg.sender);
    }

    /// @inheritdoc IWalnutEscrow
    function unpause() external onlyOwner {
        _gate &= ~PAUSED;
        emit UnpausedBy(msg.sender);
    }

    /// @inheritdoc IWalnutEscrow
    function paused() external view returns (bool) {
        return _gate & PAUSED != 0;
    }

    /* OWNERSHIP */

    /// @dev Refused: see `OwnerRequired`.
    function renounceOwnership() public pure override {
        revert OwnerRequired();
    }

    /* FOR THE ESCROW */

    function _requireNotPaused() internal view {
        if (_gate & PAUSED != 0) revert EscrowPaused();
    }

    /// @param signer Of a voucher; zero if its signature is nobody's.
    /// @return refusal The error's selector, or zero if the voucher may be paid now.
    function _voucherRefusal(uint256 signer) internal view returns (bytes32 refusal) {
        uint256 gate = _gate;
        if (uint160(gate) == signer) {
            // In a pause, what stands above the signer is later than any time.
            if (gate >> 160 <= block.timestamp) return 0;
        }
        if (gate & PAUSED != 0) return EscrowPaused.selector;
        if (!isSigner(address(uint160(signer)))) return InvalidVoucher.selector;
    }
}
