// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title The hashes of docs/protocol.md §2
/// @dev Of whole words, as calldata has them: an address with dirty upper bits gives a hash under which
/// nothing is stored.
library NoteHash {
    function depositId(uint256 token, uint256 amount, bytes32 notesRoot) internal pure returns (bytes32) {
        return keccak256(abi.encode(token, amount, notesRoot));
    }

    /// @dev Hashed twice, so that no inner node of a tree (64 bytes, hashed once) is a leaf.
    function leaf(uint256 linkKey, uint256 amount, bytes32 salt) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(linkKey, amount, salt))));
    }
}
