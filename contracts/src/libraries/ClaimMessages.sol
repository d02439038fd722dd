// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../interfaces/IWalnutEscrow.sol";

/// @dev The place in memory of a claim as EIP-712 hashes it: its type hash, and its six members in their
/// order. Members are words, not addresses: what is checked must be what was signed, to the bit. (A struct
/// would be the same, but Solidity fills each new one with zeros first.)
type ClaimMessage is uint256;

using {token, amount, recipient, fee, relayer, deadline} for ClaimMessage global;

function token(ClaimMessage message) pure returns (uint256 word) {
    return member(message, 0x20);
}

function amount(ClaimMessage message) pure returns (uint256 word) {
    return member(message, 0x40);
}

function recipient(ClaimMessage message) pure returns (uint256 word) {
    return member(message, 0x60);
}

function fee(ClaimMessage message) pure returns (uint256 word) {
    return member(message, 0x80);
}

function relayer(ClaimMessage message) pure returns (uint256 word) {
    return member(message, 0xa0);
}

function deadline(ClaimMessage message) pure returns (uint256 word) {
    return member(message, 0xc0);
}

function member(ClaimMessage message, uint256 offset) pure returns (uint256 word) {
    assembly ("memory-safe") {
        word := mload(add(message, offset))
    }
}

/// @title Claims in memory, who signed them, and who signed their vouchers (docs/protocol.md §3)
/// @dev Assembly, because this is what each claim pays for most, beside storage and transfer.
///
/// High values of s need no check: with 255 bits for s, the other signature of a pair, n − s, cannot be
/// written down, save for s within 2^127 of n/2; and no signature is an identifier here.
library ClaimMessages {
    bytes32 internal constant VOUCHER_TYPEHASH =
        keccak256("Voucher(address token,uint256 amount,address linkKey)");
    bytes32 internal constant CLAIM_TYPEHASH = keccak256(
        "Claim(address token,uint256 amount,address recipient,uint256 fee,address relayer,uint256 deadline)"
    );

    function ofTerms(IWalnutEscrow.Claim calldata terms) internal pure returns (ClaimMessage message) {
        message = allocate();
        assembly ("memory-safe") {
            calldatacopy(add(message, 0x20), terms, 0xc0)
        }
    }

    /// @dev The message of a batch, in which `set` then puts one item after the other.
    function ofBatch(address token_, address relayer_) internal pure returns (ClaimMessage message) {
        message = allocate();
        assembly ("memory-safe") {
            mstore(add(message, 0x20), shr(96, shl(96, token_)))
            mstore(add(message, 0xa0), shr(96, shl(96, relayer_)))
        }
    }

    function allocate() private pure returns (ClaimMessage message) {
        bytes32 typehash = CLAIM_TYPEHASH;
        assembly ("memory-safe") {
            message := mload(0x40)
            mstore(0x40, add(message, 0xe0))
            mstore(message, typehash)
        }
    }

    /// @dev Puts an item of a batch in the place of the one before. Token and relayer stay.
    function set(ClaimMessage message, IWalnutEscrow.ClaimItem calldata item) internal pure {
        assembly ("memory-safe") {
            // Amount, recipient and fee; the deadline stands behind the relayer.
            calldatacopy(add(message, 0x40), item, 0x60)
            mstore(add(message, 0xc0), calldataload(add(item, 0x60)))
        }
    }

    /// @return signer Who signed the claim: its link key. Zero if the signature is nobody's.
    function linkKey(ClaimMessage message, bytes32 domain, IWalnutEscrow.Signature calldata signature)
        internal
        view
        returns (uint256 signer)
    {
        bytes32 structHash;
        assembly ("memory-safe") {
            structHash := keccak256(message, 0xe0)
        }
        return recover(domain, structHash, signature);
    }

    /// @param link The link key.
    /// @return signer Who signed the voucher for the claim's money. Zero if the signature is nobody's.
    function voucherSigner(
        ClaimMessage message,
        bytes32 domain,
        uint256 link,
        IWalnutEscrow.Signature calldata signature
    ) internal view returns (uint256 signer) {
        bytes32 typehash = VOUCHER_TYPEHASH;
        bytes32 structHash;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, typehash)
            mcopy(add(m, 0x20), add(message, 0x20), 0x40)
            mstore(add(m, 0x60), link)
            structHash := keccak256(m, 0x80)
        }
        return recover(domain, structHash, signature);
    }

    function recover(bytes32 domain, bytes32 structHash, IWalnutEscrow.Signature calldata signature)
        private
        view
        returns (uint256 signer)
    {
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, hex"1901")
            mstore(add(m, 0x02), domain)
            mstore(add(m, 0x22), structHash)
            let vs := calldataload(add(signature, 0x20))
            mstore(m, keccak256(m, 0x42))
            mstore(add(m, 0x20), add(shr(255, vs), 27))
            mstore(add(m, 0x40), calldataload(signature))
            mstore(add(m, 0x60), shr(1, shl(1, vs)))
            // The precompile answers nothing, rather than zero, for what is no signature.
            mstore(0x00, 0)
            pop(staticcall(gas(), 1, m, 0x80, 0x00, 0x20))
            signer := mload(0x00)
        }
    }
}
