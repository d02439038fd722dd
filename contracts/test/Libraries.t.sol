// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA as OpenZeppelinECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712 as OpenZeppelinEIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {ECDSA as SoladyECDSA} from "solady/utils/ECDSA.sol";
import {EIP712 as SoladyEIP712} from "solady/utils/EIP712.sol";
import {MerkleProofLib} from "solady/utils/MerkleProofLib.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {IWalnutEscrow} from "../src/interfaces/IWalnutEscrow.sol";
import {EscrowTest} from "./base/EscrowTest.sol";
import {Note, NoteTree} from "./base/NoteTree.sol";
import {PlainToken} from "./tokens/Tokens.sol";

/// @dev The four jobs of the escrow that a library can do, with the same signatures for each library.
abstract contract Jobs {
    function verify(bytes32[] calldata path, bytes32 root, bytes32 leaf) external pure virtual returns (bool);
    function recover(bytes32 structHash, IWalnutEscrow.Signature calldata signature)
        external
        view
        virtual
        returns (address);
    function pay(address token, address to, uint256 amount) external virtual;
    function pull(address token, address from, uint256 amount) external virtual;
}

contract OnOpenZeppelin is Jobs, OpenZeppelinEIP712("Walnut", "1") {
    function verify(bytes32[] calldata path, bytes32 root, bytes32 leaf) external pure override returns (bool) {
        return MerkleProof.verifyCalldata(path, root, leaf);
    }

    function recover(bytes32 structHash, IWalnutEscrow.Signature calldata signature)
        external
        view
        override
        returns (address)
    {
        return OpenZeppelinECDSA.recover(_hashTypedDataV4(structHash), signature.r, signature.vs);
    }

    function pay(address token, address to, uint256 amount) external override {
        SafeERC20.safeTransfer(IERC20(token), to, amount);
    }

    function pull(address token, address from, uint256 amount) external override {
        SafeERC20.safeTransferFrom(IERC20(token), from, address(this), amount);
    }
}

contract OnSolady is Jobs, SoladyEIP712 {
    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("Walnut", "1");
    }

    function verify(bytes32[] calldata path, bytes32 root, bytes32 leaf) external pure override returns (bool) {
        return MerkleProofLib.verifyCalldata(path, root, leaf);
    }

    function recover(bytes32 structHash, IWalnutEscrow.Signature calldata signature)
        external
        view
        override
        returns (address)
    {
        return SoladyECDSA.recover(_hashTypedData(structHash), signature.r, signature.vs);
    }

    function pay(address token, address to, uint256 amount) external override {
        SafeTransferLib.safeTransfer(token, to, amount);
    }

    function pull(address token, address from, uint256 amount) external override {
        SafeTransferLib.safeTransferFrom(token, from, address(this), amount);
    }
}

/// @dev The measurements of docs/adr/0002.
/// forge-config: default.isolate = true
contract LibrariesTest is EscrowTest {
    function test_gas_librariesForTheSameJobs() public {
        measure("OpenZeppelin", new OnOpenZeppelin());
        measure("solady", new OnSolady());
    }

    function measure(string memory name, Jobs jobs) private {
        Note[] memory notes = notesOf(100, 1 ether);
        bytes32[] memory path = NoteTree.path(notes, 0);
        vm.assertTrue(jobs.verify(path, NoteTree.root(notes), NoteTree.leaf(notes[0])));
        vm.snapshotGasLastCall("Libraries", string.concat("path of 7: ", name));

        bytes32 hash = keccak256("struct");
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", domainOf(address(jobs)), hash));
        IWalnutEscrow.Signature memory signature = sign(ENCLAVE_KEY, digest);
        vm.assertEq(jobs.recover(hash, signature), vm.addr(ENCLAVE_KEY));
        vm.snapshotGasLastCall("Libraries", string.concat("signer of a struct: ", name));

        PlainToken token = new PlainToken();
        token.mint(treasury, 10 ether);
        vm.prank(treasury);
        token.approve(address(jobs), 10 ether);
        jobs.pull(address(token), treasury, 5 ether);
        vm.snapshotGasLastCall("Libraries", string.concat("token in: ", name));
        jobs.pay(address(token), recipient, 1 ether);
        vm.snapshotGasLastCall("Libraries", string.concat("token out: ", name));
    }
}
