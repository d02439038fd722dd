// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @dev A leaf of a deposit's tree.
struct Note {
    address linkKey;
    uint256 amount;
    bytes32 salt;
}

/// @dev OpenZeppelin's StandardMerkleTree, built in Solidity: leaves sorted, complete binary tree in
/// an array with the root at 0 and the leaves, in reverse, at the end.
library NoteTree {
    function leaf(Note memory note) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256(abi.encode(note.linkKey, note.amount, note.salt))));
    }

    function root(Note[] memory notes) internal pure returns (bytes32) {
        return build(notes)[0];
    }

    function path(Note[] memory notes, uint256 index) internal pure returns (bytes32[] memory) {
        bytes32[] memory tree = build(notes);
        bytes32 wanted = leaf(notes[index]);
        uint256 position = notes.length - 1;
        while (tree[position] != wanted) position++;

        bytes32[] memory siblings = new bytes32[](256);
        uint256 length;
        for (; position > 0; position = (position - 1) / 2) {
            siblings[length++] = tree[position % 2 == 1 ? position + 1 : position - 1];
        }
        assembly ("memory-safe") {
            mstore(siblings, length)
        }
        return siblings;
    }

    function build(Note[] memory notes) internal pure returns (bytes32[] memory tree) {
        uint256 n = notes.length;
        bytes32[] memory leaves = new bytes32[](n);
        for (uint256 i = 0; i < n; i++) {
            leaves[i] = leaf(notes[i]);
        }
        sort(leaves);
        tree = new bytes32[](2 * n - 1);
        for (uint256 i = 0; i < n; i++) {
            tree[tree.length - 1 - i] = leaves[i];
        }
        for (uint256 i = tree.length - n; i > 0; i--) {
            tree[i - 1] = pair(tree[2 * i - 1], tree[2 * i]);
        }
    }

    function pair(bytes32 a, bytes32 b) internal pure returns (bytes32) {
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }

    function sort(bytes32[] memory values) private pure {
        for (uint256 i = 1; i < values.length; i++) {
            bytes32 value = values[i];
            uint256 j = i;
            for (; j > 0 && values[j - 1] > value; j--) {
                values[j] = values[j - 1];
            }
            values[j] = value;
        }
    }
}
