// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../src/interfaces/IWalnutEscrow.sol";
import {NoteHash} from "../src/libraries/NoteHash.sol";
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

    function voucher(uint256 seed, IWalnutEscrow.Voucher calldata v) external pure returns (bytes32 hash, bool kept) {
        dirty(seed);
        uint256 before = freePointer();
        hash = NoteHash.voucher(v);
        kept = freePointer() == before && zeroSlot() == 0;
    }

    function claim(uint256 seed, address linkKey, IWalnutEscrow.Payout calldata p)
        external
        pure
        returns (bytes32 hash, bool kept)
    {
        dirty(seed);
        uint256 before = freePointer();
        hash = NoteHash.claim(uint160(linkKey), p);
        kept = freePointer() == before && zeroSlot() == 0;
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

contract NoteHashTest is Test {
    Brutal private brutal = new Brutal();

    function testFuzz_voucherHashDoesNotDependOnWhatIsInMemory(uint256 seed, IWalnutEscrow.Voucher calldata v)
        public
        view
    {
        (bytes32 hash, bool kept) = brutal.voucher(seed, v);
        vm.assertEq(hash, keccak256(abi.encode(NoteHash.VOUCHER_TYPEHASH, v)));
        vm.assertTrue(kept);
    }

    function testFuzz_claimHashDoesNotDependOnWhatIsInMemory(
        uint256 seed,
        address linkKey,
        IWalnutEscrow.Payout calldata p
    ) public view {
        (bytes32 hash, bool kept) = brutal.claim(seed, linkKey, p);
        vm.assertEq(hash, keccak256(abi.encode(NoteHash.CLAIM_TYPEHASH, linkKey, p)));
        vm.assertTrue(kept);
    }
}
