// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../interfaces/IWalnutEscrow.sol";

/// @title The hashes of docs/protocol.md §2 and §3
/// @dev The structs of `claim` lie in calldata as `abi.encode` would lay them out, so they are copied
/// as they are. An address with dirty upper bits gives a hash that nobody signed; and before one of
/// them is used, Solidity's decoder refuses it.
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

    function voucher(IWalnutEscrow.Voucher calldata v) internal pure returns (bytes32 hash) {
        bytes32 typehash = VOUCHER_TYPEHASH;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, typehash)
            calldatacopy(add(m, 0x20), v, 0x60)
            hash := keccak256(m, 0x80)
        }
    }

    function claim(uint256 linkKey, IWalnutEscrow.Payout calldata p) internal pure returns (bytes32 hash) {
        bytes32 typehash = CLAIM_TYPEHASH;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, typehash)
            mstore(add(m, 0x20), linkKey)
            calldatacopy(add(m, 0x40), p, 0x80)
            hash := keccak256(m, 0xc0)
        }
    }
}
