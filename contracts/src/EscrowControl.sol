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

    // One slot, so that the usual claim (not paused, latest signer) reads nothing else of all this.
    address private _latestSigner;
    uint64 private _latestActiveFrom;
    bool private _paused;

    /// @inheritdoc IWalnutEscrow
    address public guardian;

    constructor(address initialOwner, address initialGuardian, uint256 delay) Ownable(initialOwner) {
        signerDelay = delay;
        guardian = initialGuardian;
        emit GuardianChanged(address(0), initialGuardian);
    }

    /* SIGNERS */

    /// @inheritdoc IWalnutEscrow
    function addSigner(address signer) external onlyOwner {
        if (signer == address(0) || _signerActiveFrom[signer] != 0) revert InvalidSigner(signer);
        uint256 activeFrom = block.timestamp + signerDelay;
        _signerActiveFrom[signer] = activeFrom;
        _latestSigner = signer;
        _latestActiveFrom = uint64(activeFrom);
        emit SignerAdded(signer, activeFrom);
    }

    /// @inheritdoc IWalnutEscrow
    function removeSigner(address signer) external onlyOwner {
        if (_signerActiveFrom[signer] == 0) revert UnknownSigner(signer);
        delete _signerActiveFrom[signer];
        if (_latestSigner == signer) _latestSigner = address(0);
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
        _paused = true;
        emit PausedBy(msg.sender);
    }

    /// @inheritdoc IWalnutEscrow
    function unpause() external onlyOwner {
        _paused = false;
        emit UnpausedBy(msg.sender);
    }

    /// @inheritdoc IWalnutEscrow
    function paused() external view returns (bool) {
        return _paused;
    }

    /* OWNERSHIP */

    /// @dev Refused: see `OwnerRequired`.
    function renounceOwnership() public pure override {
        revert OwnerRequired();
    }

    /* FOR THE ESCROW */

    function _requireNotPaused() internal view {
        if (_paused) revert EscrowPaused();
    }

    /// @dev `recovered` is zero if the signature was none.
    function _requireActiveSigner(address recovered) internal view {
        if (recovered == address(0)) revert InvalidVoucherSignature(recovered);
        if (recovered == _latestSigner && _latestActiveFrom <= block.timestamp) return;
        if (!isSigner(recovered)) revert InvalidVoucherSignature(recovered);
    }
}
