// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IWalnutEscrow} from "../../src/interfaces/IWalnutEscrow.sol";
import {Note} from "../base/NoteTree.sol";

/// @dev What the handler remembers of a note that it put into a tree.
struct GhostNote {
    Note note;
    uint256 batch;
    uint256 index;
    uint256 key;
    bool paid;
    uint256 fee;
}

/// @dev What the handler remembers of a deposit that it made.
struct GhostBatch {
    IWalnutEscrow.DepositTerms terms;
    address depositor;
    uint256 time;
    /// @dev Whether the notes' sum is the amount: the enclave signs for no other.
    bool exact;
    uint256 exited;
    uint256 firstNote;
    uint256 size;
}

/// @dev The ghost side of the balance sheet.
struct GhostSheet {
    uint256 deposited;
    uint256 forcedIn;
    uint256 claimed;
    uint256 exited;
}
