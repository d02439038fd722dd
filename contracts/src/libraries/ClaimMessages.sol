// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../interfaces/IWalnutEscrow.sol";

/// @dev The place in memory of a claim, and of what is hashed to see who signed it:
///
///     0x000  the claim as EIP-712 hashes it: type hash, then its six members in their order
///     0x0fe  what the link key and the signer sign: 0x1901, domain separator, struct hash
///     0x140  the voucher as EIP-712 hashes it: type hash, token, amount, link key
///     0x1c0  what the precompile takes: digest, v, r, s
///
/// Members are words, not addresses: what is checked must be what was signed, to the bit. One block, of
/// which a batch writes the constant parts once.
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

    function ofTerms(bytes32 domain, IWalnutEscrow.Claim calldata terms)
        internal
        pure
        returns (ClaimMessage message)
    {
        message = allocate(domain);
        assembly ("memory-safe") {
            calldatacopy(add(message, 0x20), terms, 0xc0)
            calldatacopy(add(message, 0x160), terms, 0x40)
        }
    }

    /// @dev The message of a batch, in which `set` then puts one item after the other.
    function ofBatch(bytes32 domain, address token_, address relayer_)
        internal
        pure
        returns (ClaimMessage message)
    {
        message = allocate(domain);
        assembly ("memory-safe") {
            token_ := shr(96, shl(96, token_))
            mstore(add(message, 0x20), token_)
            mstore(add(message, 0x160), token_)
            mstore(add(message, 0xa0), shr(96, shl(96, relayer_)))
        }
    }

    function allocate(bytes32 domain) private pure returns (ClaimMessage message) {
        bytes32 claimTypehash = CLAIM_TYPEHASH;
        bytes32 voucherTypehash = VOUCHER_TYPEHASH;
        assembly ("memory-safe") {
            message := mload(0x40)
            mstore(0x40, add(message, 0x240))
            mstore(message, claimTypehash)
            mstore(add(message, 0xe0), 0x1901)
            mstore(add(message, 0x100), domain)
            mstore(add(message, 0x140), voucherTypehash)
        }
    }

    /// @dev Puts an item of a batch in the place of the one before. Token and relayer stay.
    function set(ClaimMessage message, IWalnutEscrow.ClaimItem calldata item) internal pure {
        assembly ("memory-safe") {
            // Amount, recipient and fee; the deadline stands behind the relayer.
            calldatacopy(add(message, 0x40), item, 0x60)
            mstore(add(message, 0xc0), calldataload(add(item, 0x60)))
            mstore(add(message, 0x180), calldataload(item))
        }
    }

    /// @return link Who signed the claim: its link key. Zero if the signature is nobody's.
    function linkKey(ClaimMessage message, IWalnutEscrow.Signature calldata linkSignature)
        internal
        view
        returns (uint256 link)
    {
        assembly ("memory-safe") {
            mstore(add(message, 0x120), keccak256(message, 0xe0))
            let vs := calldataload(add(linkSignature, 0x20))
            mstore(add(message, 0x1c0), keccak256(add(message, 0xfe), 0x42))
            mstore(add(message, 0x1e0), add(shr(255, vs), 27))
            mstore(add(message, 0x200), calldataload(linkSignature))
            mstore(add(message, 0x220), shr(1, shl(1, vs)))
            // The answer goes where the voucher has its link key. For what is no signature the precompile
            // answers nothing, rather than zero.
            let answer := add(message, 0x1a0)
            mstore(answer, 0)
            pop(staticcall(gas(), 1, add(message, 0x1c0), 0x80, answer, 0x20))
            link := mload(answer)
        }
    }

    /// @dev The same once more, rather than in a function that both call: that would cost 60 gas a claim.
    /// To be called after `linkKey`, which puts the key into the voucher.
    /// @return signer Who signed the voucher for the claim's money and link key. Zero if the signature is nobody's.
    function voucherSigner(
        ClaimMessage message,
        IWalnutEscrow.Signature calldata voucherSignature
    ) internal view returns (uint256 signer) {
        assembly ("memory-safe") {
            mstore(add(message, 0x120), keccak256(add(message, 0x140), 0x80))
            let vs := calldataload(add(voucherSignature, 0x20))
            mstore(add(message, 0x1c0), keccak256(add(message, 0xfe), 0x42))
            mstore(add(message, 0x1e0), add(shr(255, vs), 27))
            mstore(add(message, 0x200), calldataload(voucherSignature))
            mstore(add(message, 0x220), shr(1, shl(1, vs)))
            mstore(0x00, 0)
            pop(staticcall(gas(), 1, add(message, 0x1c0), 0x80, 0x00, 0x20))
            signer := mload(0x00)
        }
    }

    /// @dev The data of these events lie in the message as they are: token, amount, recipient. The
    /// addresses have 20 bytes, or nothing would be paid.
    function emitClaimed(ClaimMessage message, uint256 link) internal {
        bytes32 topic = IWalnutEscrow.Claimed.selector;
        assembly ("memory-safe") {
            log2(add(message, 0x40), 0x40, topic, link)
        }
    }

    function emitTokenClaimed(ClaimMessage message, uint256 link) internal {
        bytes32 topic = IWalnutEscrow.TokenClaimed.selector;
        assembly ("memory-safe") {
            log2(add(message, 0x20), 0x60, topic, link)
        }
    }

    function emitExited(ClaimMessage message, bytes32 deposit, uint256 link) internal {
        bytes32 topic = IWalnutEscrow.Exited.selector;
        assembly ("memory-safe") {
            log3(add(message, 0x20), 0x60, topic, deposit, link)
        }
    }
}
