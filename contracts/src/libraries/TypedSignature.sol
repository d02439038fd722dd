// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../interfaces/IWalnutEscrow.sol";

/// @title Who signed an EIP-712 struct
/// @dev High values of s need no check: with 255 bits for s the other signature of a pair, n − s,
/// cannot be written down, save for s within 2^127 of n/2; and no signature is an identifier here.
library TypedSignature {
    /// @dev What `recover` gives if the signature is none: no address, so it is equal to none.
    uint256 internal constant NOBODY = 1 << 160;

    /// @return signer Who signed, as a word with clean upper bits, or `NOBODY`.
    function recover(bytes32 separator, bytes32 structHash, IWalnutEscrow.Signature calldata signature)
        internal
        view
        returns (uint256 signer)
    {
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, shl(240, 0x1901))
            mstore(add(m, 0x02), separator)
            mstore(add(m, 0x22), structHash)
            mstore(m, keccak256(m, 0x42))
            let vs := calldataload(add(signature, 0x20))
            mstore(add(m, 0x20), add(shr(255, vs), 27))
            mstore(add(m, 0x40), calldataload(signature))
            mstore(add(m, 0x60), shr(1, shl(1, vs)))
            // The precompile returns nothing if there is no signer, and leaves this as it is.
            mstore(0x00, NOBODY)
            pop(staticcall(gas(), 1, m, 0x80, 0x00, 0x20))
            signer := mload(0x00)
        }
    }
}
