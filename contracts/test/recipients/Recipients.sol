// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @dev Takes nothing.
contract Refuser {
    receive() external payable {
        revert("no");
    }
}

/// @dev Burns all the gas it gets.
contract Burner {
    receive() external payable {
        while (true) {}
    }
}

/// @dev Answers with more data than its caller could pay to copy.
contract ReturnBomb {
    receive() external payable {
        assembly {
            return(0, 1000000)
        }
    }
}

/// @dev Reverts with more data than its caller could pay to copy.
contract RevertBomb {
    receive() external payable {
        assembly {
            revert(0, 1000000)
        }
    }
}

/// @dev Calls whatever it was told to when it is paid, and keeps the answer.
contract Reenterer {
    address public target;
    bytes public data;
    bool public called;
    bool public succeeded;
    bytes public answer;

    function arm(address newTarget, bytes calldata newData) external {
        target = newTarget;
        data = newData;
    }

    receive() external payable {
        fire();
    }

    function tokensToSend(address, address, uint256) external {
        fire();
    }

    function tokensReceived(address, address, uint256) external {
        fire();
    }

    function fire() private {
        if (called || target == address(0)) return;
        called = true;
        (succeeded, answer) = target.call(data);
    }

    function run(address to, bytes calldata what) external payable returns (bytes memory) {
        (bool ok, bytes memory result) = to.call{value: msg.value}(what);
        if (!ok) {
            assembly {
                revert(add(result, 0x20), mload(result))
            }
        }
        return result;
    }
}

/// @dev A smart-contract account behind a proxy, as Safes and ERC-4337 accounts are: it stores and
/// logs when it is paid.
contract SmartAccount {
    uint256 public received;

    event Received(address indexed from, uint256 amount);

    receive() external payable {
        received += msg.value;
        emit Received(msg.sender, msg.value);
    }
}

contract AccountProxy {
    address private immutable implementation;

    constructor(address target) {
        implementation = target;
    }

    fallback() external payable {
        address target = implementation;
        assembly {
            calldatacopy(0, 0, calldatasize())
            let ok := delegatecall(gas(), target, 0, calldatasize(), 0, 0)
            returndatacopy(0, 0, returndatasize())
            if iszero(ok) { revert(0, returndatasize()) }
            return(0, returndatasize())
        }
    }
}
