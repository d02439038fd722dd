// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../src/interfaces/IWalnutEscrow.sol";
import {ClaimMessage, ClaimMessages} from "../src/libraries/ClaimMessages.sol";
import {Test} from "./base/Test.sol";

/// @dev The library's assembly, in memory that is full of other things.
contract Brutal {
    /// @dev Fills scratch space and what lies beyond the free memory pointer, and moves that by any
    /// number of bytes.
    function dirty(uint256 seed) private pure {
        assembly {
            mstore(0x00, seed)
            mstore(0x20, not(seed))
            let free := mload(0x40)
            for { let i := 0 } lt(i, 0x400) { i := add(i, 0x20) } {
                mstore(add(free, i), xor(seed, mul(i, 0x0101010101010101010101010101010101010101010101010101010101010101)))
            }
            mstore(0x40, add(free, and(seed, 0xff)))
        }
    }

    function ofClaim(
        uint256 seed,
        bytes32 domain,
        IWalnutEscrow.Claim calldata terms,
        IWalnutEscrow.Signature calldata signature
    ) external view returns (uint256 signer, bool kept) {
        dirty(seed);
        ClaimMessage message = ClaimMessages.ofTerms(domain, terms);
        bytes32 words = keccak256(wordsOf(message));
        uint256 before = freePointer();
        signer = ClaimMessages.linkKey(message, signature);
        kept = freePointer() == before && zeroSlot() == 0 && words == keccak256(wordsOf(message));
    }

    function ofVoucher(
        uint256 seed,
        bytes32 domain,
        IWalnutEscrow.Claim calldata terms,
        uint256 linkKey,
        IWalnutEscrow.Signature calldata signature
    ) external view returns (uint256 signer, bool kept) {
        dirty(seed);
        ClaimMessage message = ClaimMessages.ofTerms(domain, terms);
        assembly {
            // Where `linkKey` leaves it.
            mstore(add(message, 0x1a0), linkKey)
        }
        bytes32 words = keccak256(wordsOf(message));
        uint256 before = freePointer();
        signer = ClaimMessages.voucherSigner(message, signature);
        kept = freePointer() == before && zeroSlot() == 0 && words == keccak256(wordsOf(message));
    }

    /// @return words Of the message of the second item, set after the first.
    function ofBatch(
        uint256 seed,
        bytes32 domain,
        address token,
        address relayer,
        IWalnutEscrow.ClaimItem[2] calldata items
    ) external pure returns (bytes memory words, bool kept) {
        dirty(seed);
        ClaimMessage message = ClaimMessages.ofBatch(domain, token, relayer);
        uint256 before = freePointer();
        ClaimMessages.set(message, items[0]);
        ClaimMessages.set(message, items[1]);
        kept = freePointer() == before && zeroSlot() == 0;
        words = wordsOf(message);
    }

    function wordsOf(ClaimMessage message) private pure returns (bytes memory) {
        bytes32 typehash;
        assembly {
            typehash := mload(message)
        }
        return abi.encode(
            typehash,
            message.token(),
            message.amount(),
            message.recipient(),
            message.fee(),
            message.relayer(),
            message.deadline()
        );
    }

    function freePointer() private pure returns (uint256 pointer) {
        assembly {
            pointer := mload(0x40)
        }
    }

    function zeroSlot() private pure returns (uint256 word) {
        assembly {
            word := mload(0x60)
        }
    }
}

contract ClaimMessagesTest is Test {
    uint256 private constant N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    Brutal private brutal = new Brutal();

    function digestOf(bytes32 domain, bytes memory encoded) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", domain, keccak256(encoded)));
    }

    function sign(uint256 key, bytes32 digest) private pure returns (IWalnutEscrow.Signature memory) {
        (bytes32 r, bytes32 vs) = vm.signCompact(key, digest);
        return IWalnutEscrow.Signature(r, vs);
    }

    function testFuzz_whoSignedAClaimDoesNotDependOnWhatIsInMemory(
        uint256 seed,
        bytes32 domain,
        uint256 key,
        IWalnutEscrow.Claim calldata terms
    ) public view {
        key = bound(key, 1, N - 1);
        bytes32 digest = digestOf(domain, abi.encode(ClaimMessages.CLAIM_TYPEHASH, terms));
        (uint256 signer, bool kept) = brutal.ofClaim(seed, domain, terms, sign(key, digest));
        vm.assertEq(signer, uint160(vm.addr(key)));
        vm.assertTrue(kept);
    }

    function testFuzz_whoSignedAVoucherDoesNotDependOnWhatIsInMemory(
        uint256 seed,
        bytes32 domain,
        uint256 key,
        address linkKey,
        IWalnutEscrow.Claim calldata terms
    ) public view {
        key = bound(key, 1, N - 1);
        bytes32 digest =
            digestOf(domain, abi.encode(ClaimMessages.VOUCHER_TYPEHASH, terms.token, terms.amount, linkKey));
        (uint256 signer, bool kept) =
            brutal.ofVoucher(seed, domain, terms, uint160(linkKey), sign(key, digest));
        vm.assertEq(signer, uint160(vm.addr(key)));
        vm.assertTrue(kept);
    }

    function testFuzz_anItemsMessageIsThatOfAClaimWithTheSameTerms(
        uint256 seed,
        address token,
        address relayer,
        IWalnutEscrow.ClaimItem[2] calldata items
    ) public view {
        (bytes memory words, bool kept) = brutal.ofBatch(seed, bytes32(seed), token, relayer, items);
        IWalnutEscrow.ClaimItem calldata last = items[1];
        IWalnutEscrow.Claim memory terms =
            IWalnutEscrow.Claim(token, last.amount, last.recipient, last.fee, relayer, last.deadline);
        vm.assertEq(words, abi.encode(ClaimMessages.CLAIM_TYPEHASH, terms));
        vm.assertTrue(kept);
    }

    /// @dev Solidity's own way to recover, beside the library's, for any words at all.
    function testFuzz_whatIsNoSignatureIsNobodys(
        uint256 seed,
        bytes32 domain,
        IWalnutEscrow.Claim calldata terms,
        IWalnutEscrow.Signature memory signature,
        uint256 kind
    ) public view {
        kind = kind % 4;
        if (kind == 1) signature.r = 0;
        if (kind == 2) signature.r = bytes32(N + uint256(signature.r) % (type(uint256).max - N));
        if (kind == 3) signature.vs = bytes32(uint256(signature.vs) & 1 << 255);
        bytes32 digest = digestOf(domain, abi.encode(ClaimMessages.CLAIM_TYPEHASH, terms));
        address expected = ecrecover(
            digest,
            uint8(uint256(signature.vs) >> 255) + 27,
            signature.r,
            bytes32(uint256(signature.vs) << 1 >> 1)
        );
        (uint256 signer,) = brutal.ofClaim(seed, domain, terms, signature);
        vm.assertEq(signer, uint160(expected));
        if (kind != 0) vm.assertEq(signer, 0);
    }
}
