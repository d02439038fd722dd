// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Vm} from "./Vm.sol";

/// @dev What Foundry wants of a test contract, and no more.
abstract contract Test {
    // solhint-disable-next-line const-name-snakecase
    bool public constant IS_TEST = true;

    /// @dev Foundry's cheat code address: the last 20 bytes of keccak256("hevm cheat code").
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// @dev Maps `x` onto min … max, both included.
    function bound(uint256 x, uint256 min, uint256 max) internal pure returns (uint256) {
        uint256 size = max - min + 1;
        return size == 0 ? x : min + x % size;
    }

    /// @dev The block's time now. `block.timestamp` cannot change within a transaction, so the
    /// optimizer may read it before a `vm.warp`, and use it after.
    function time() internal view returns (uint256) {
        return vm.getBlockTimestamp();
    }

    /// @dev An address nobody has used.
    function fresh(string memory name) internal returns (address account) {
        account = address(uint160(uint256(keccak256(abi.encode("fresh", name)))));
        vm.label(account, name);
    }
}
