// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../interfaces/IWalnutEscrow.sol";

/// @title The hashes of docs/protocol.md §2 and §3
library NoteHash {
    bytes32 internal constant VOUCHER_TYPEHASH =
        keccak256("Voucher(address token,uint256 amount,address linkKey)");
    bytes32 internal constant CLAIM_TYPEHASH =
        keccak256("Claim(address linkKey,address recipient,address relayer,uint256 fee,uint256 deadline)");

    function depositId(address token, uint256 amount, bytes32 notesRoot) internal pure returns (bytes32) {
        return keccak256(abi.encode(token, amount, notesRoot));
    }

    /// @dev Hashed twice, so that no inner node of a tree (64 bytes, hashed once) is a leaf.
    function leaf(IWalnutEscrow.Note calldata note) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(note.linkKey, note.amount, note.salt))));
    }

    function voucher(IWalnutEscrow.Voucher calldata v) internal pure returns (bytes32) {
        return keccak256(abi.encode(VOUCHER_TYPEHASH, v.token, v.amount, v.linkKey));
    }

    function claim(address linkKey, IWalnutEscrow.Payout calldata p) internal pure returns (bytes32) {
        return keccak256(abi.encode(CLAIM_TYPEHASH, linkKey, p.recipient, p.relayer, p.fee, p.deadline));
    }
}
