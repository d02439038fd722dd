// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {WalnutEscrow} from "../../src/WalnutEscrow.sol";
import {IWalnutEscrow} from "../../src/interfaces/IWalnutEscrow.sol";
import {EscrowTest, Payout, SignedClaim, Voucher} from "../base/EscrowTest.sol";
import {Note, NoteTree} from "../base/NoteTree.sol";
import {PlainToken, SilentToken} from "../tokens/Tokens.sol";
import {GhostBatch, GhostNote, GhostSheet} from "./Ghost.sol";

/// @dev The hands of sender, recipient, relayer, thief and owner. No function here may revert: what
/// the escrow must refuse is tried in a low-level call, and a success is noted as a breach.
contract Handler is EscrowTest {
    uint256 private constant SIGNERS = 3;
    uint256 private constant RECIPIENTS = 5;
    uint256 private constant MAX_BATCHES = 24;

    address[3] public coins;

    GhostBatch[] private _batches;
    GhostNote[] private _notes;
    uint256 private _nextKey;
    mapping(address linkKey => uint256 number) private _keyOf;
    mapping(address coin => GhostSheet) private _sheets;
    mapping(uint256 signer => uint256) public activeFrom;
    bool public ghostPaused;

    /// @dev What went wrong, if anything did, under the id of the property it breaks.
    string public breach;
    mapping(bytes32 call => uint256) public done;

    constructor() {
        vm.warp(1_700_000_000);
        escrow = new WalnutEscrow(owner, guardian, DELAY);
        coins = [NATIVE, address(new PlainToken()), address(new SilentToken())];
        PlainToken(coins[1]).mint(treasury, type(uint200).max);
        SilentToken(coins[2]).mint(treasury, type(uint200).max);
        vm.deal(treasury, type(uint200).max);
        vm.startPrank(treasury);
        PlainToken(coins[1]).approve(address(escrow), type(uint256).max);
        SilentToken(coins[2]).approve(address(escrow), type(uint256).max);
        vm.stopPrank();
        ownerAddsSigner(0);
        timePasses(DELAY);
    }

    function setUp() public override {}

    /* SENDER */

    function senderDeposits(uint256 coin, uint256 size, uint256 seed, uint256 surplus) external {
        if (_batches.length == MAX_BATCHES) return;
        (Note[] memory notes, uint256 sum) = newNotes(1 + size % 5, seed);
        // Now and then a tree that promises another sum than was paid for.
        bool exact = surplus % 4 != 0;
        uint256 amount = exact ? sum : bound(surplus, 1, sum * 2);
        IWalnutEscrow.DepositTerms memory terms =
            IWalnutEscrow.DepositTerms(coins[coin % 3], amount, NoteTree.root(notes));
        vm.prank(treasury);
        (bool ok,) = address(escrow).call{value: terms.token == NATIVE ? amount : 0}(
            abi.encodeCall(escrow.deposit, (terms.token, amount, terms.notesRoot))
        );
        expect(ok == !ghostPaused, "ESC-10: deposit");
        if (ok) remember(terms, notes, exact);
    }

    function senderDepositsMany(uint256 coin, uint256 seed) external {
        if (_batches.length + 2 > MAX_BATCHES) return;
        IWalnutEscrow.DepositTerms[] memory many = new IWalnutEscrow.DepositTerms[](2);
        Note[][] memory notes = new Note[][](2);
        uint256 value;
        for (uint256 i = 0; i < 2; i++) {
            uint256 sum;
            (notes[i], sum) = newNotes(2, uint256(keccak256(abi.encode(seed, i))));
            many[i] = IWalnutEscrow.DepositTerms(coins[(coin % 3 + i) % 3], sum, NoteTree.root(notes[i]));
            if (many[i].token == NATIVE) value += sum;
        }
        vm.prank(treasury);
        (bool ok,) = address(escrow).call{value: value}(abi.encodeCall(escrow.depositMany, (many)));
        expect(ok == !ghostPaused, "ESC-10: depositMany");
        for (uint256 i = 0; ok && i < 2; i++) {
            remember(many[i], notes[i], true);
        }
    }

    function newNotes(uint256 size, uint256 seed)
        private
        returns (Note[] memory notes, uint256 sum)
    {
        notes = new Note[](size);
        for (uint256 i = 0; i < size; i++) {
            uint256 number = _nextKey++;
            notes[i] = noteOf(number, bound(uint256(keccak256(abi.encode(seed, i))), 1, type(uint120).max));
            _keyOf[notes[i].linkKey] = number;
            sum += notes[i].amount;
        }
    }

    function remember(IWalnutEscrow.DepositTerms memory terms, Note[] memory notes, bool exact)
        private
    {
        uint256 first = _notes.length;
        for (uint256 i = 0; i < notes.length; i++) {
            _notes.push(GhostNote(notes[i], _batches.length, i, _keyOf[notes[i].linkKey], false, 0));
        }
        _batches.push(GhostBatch(terms, treasury, time(), exact, 0, first, notes.length));
        _sheets[terms.token].deposited += terms.amount;
        done["deposits"]++;
    }

    /* RECIPIENT AND RELAYER */

    function recipientClaims(uint256 note, uint256 to, uint256 fee, uint256 signer) external {
        if (_notes.length == 0) return;
        uint256 n = note % _notes.length;
        SignedClaim memory item = itemFor(n, to, fee, signer % SIGNERS);
        if (!_batches[_notes[n].batch].exact) return;
        bool good = !ghostPaused && !_notes[n].paid && isActive(signer % SIGNERS);
        vm.prank(relayer);
        (bool ok,) = address(escrow).call(claimCall(item));
        expect(ok == good, good ? "ESC-12" : "ESC-7, ESC-9 or ESC-10: claim");
        if (ok) claimed(n, item.terms.fee);
    }

    function relayerClaimsMany(uint256 from, uint256 count, uint256 fee, uint256 signer) external {
        if (_notes.length == 0) return;
        uint256[] memory chosen = notesOfOneCoin(from % _notes.length, 1 + count % 6);
        SignedClaim[] memory items = new SignedClaim[](chosen.length);
        for (uint256 i = 0; i < chosen.length; i++) {
            items[i] = itemFor(chosen[i], i, fee, signer % SIGNERS);
            // The enclave would not have signed this one.
            if (!_batches[_notes[chosen[i]].batch].exact) delete items[i].voucherSignature;
        }
        bytes memory data = claimManyCall(items, 250_000);
        vm.prank(relayer);
        (bool ok,) = address(escrow).call(data);
        expect(ok == !ghostPaused, "ESC-10: claimMany");
        for (uint256 i = 0; ok && i < chosen.length; i++) {
            uint256 n = chosen[i];
            bool good = !_notes[n].paid && isActive(signer % SIGNERS) && _batches[_notes[n].batch].exact;
            if (good) claimed(n, items[i].terms.fee);
        }
    }

    /// @dev At most `count` notes of the coin of the first, in their order.
    function notesOfOneCoin(uint256 first, uint256 count) private view returns (uint256[] memory chosen) {
        address coin = _batches[_notes[first].batch].terms.token;
        chosen = new uint256[](count);
        uint256 found;
        for (uint256 i = 0; found < count && i < _notes.length && i < 24; i++) {
            uint256 n = (first + i) % _notes.length;
            if (_batches[_notes[n].batch].terms.token == coin) chosen[found++] = n;
        }
        assembly ("memory-safe") {
            mstore(chosen, found)
        }
    }

    function recipientExits(uint256 note, uint256 to, uint256 fee) external {
        if (_notes.length == 0) return;
        uint256 n = note % _notes.length;
        GhostNote storage ghost = _notes[n];
        GhostBatch storage batch = _batches[ghost.batch];
        bool good = !ghost.paid && batch.exited + ghost.note.amount <= batch.terms.amount;
        ExitItem memory item = exitFor(n, payoutFor(n, to, fee));
        vm.prank(recipientAt(to));
        (bool ok,) = address(escrow).call(exitCall(item));
        expect(ok == good, good ? "ESC-11" : "ESC-6 or ESC-7: exit");
        if (!ok) return;
        ghost.paid = true;
        ghost.fee = item.terms.fee;
        batch.exited += ghost.note.amount;
        _sheets[batch.terms.token].exited += ghost.note.amount;
        done["exits"]++;
    }

    function claimed(uint256 n, uint256 fee) private {
        _notes[n].paid = true;
        _notes[n].fee = fee;
        _sheets[_batches[_notes[n].batch].terms.token].claimed += _notes[n].note.amount;
        done["claims"]++;
    }

    /* THIEF */

    function thiefTampers(uint256 note, uint256 what) external {
        if (_notes.length == 0) return;
        uint256 n = note % _notes.length;
        SignedClaim memory item = itemFor(n, 0, 0, 0);
        what = what % 6;
        if (what == 0) item.terms.recipient = thief;
        if (what == 1) item.terms.relayer = thief;
        if (what == 2) item.terms.fee = item.terms.amount;
        if (what == 3) item.terms.amount = item.terms.amount * 2;
        if (what == 4) item.linkSignature = sign(ENCLAVE_KEY, claimDigest(address(escrow), item.terms));
        if (what == 5) item.voucherSignature = sign(linkKeyOf(n), digestOfVoucher(n, item.terms));
        vm.prank(thief);
        (bool ok,) = address(escrow).call(claimCall(item));
        expect(!ok, "ESC-4: a changed claim");
        if (what < 3) {
            ExitItem memory changed = exitFor(n, payoutFor(n, 0, 0));
            changed.terms = item.terms;
            changed.linkSignature = item.linkSignature;
            vm.prank(thief);
            (ok,) = address(escrow).call(exitCall(changed));
            expect(!ok, "ESC-4: a changed exit");
        }
        done["thefts tried"]++;
    }

    function thiefExitsFromAnotherDeposit(uint256 note, uint256 batch) external {
        if (_batches.length < 2) return;
        uint256 n = note % _notes.length;
        uint256 other = batch % _batches.length;
        if (other == _notes[n].batch) return;
        ExitItem memory item = exitFor(n, payoutFor(n, 0, 0));
        item.deposit = _batches[other].terms;
        vm.prank(thief);
        (bool ok,) = address(escrow).call(exitCall(item));
        expect(!ok, "ESC-6: an exit from another's deposit");
        done["thefts tried"]++;
    }

    function thiefForcesIn(uint256 coin, uint256 amount) external {
        address into = coins[coin % 3];
        amount = bound(amount, 0, type(uint96).max);
        if (into == NATIVE) vm.deal(address(escrow), address(escrow).balance + amount);
        else PlainToken(into).mint(address(escrow), amount);
        _sheets[into].forcedIn += amount;
    }

    /* OWNER AND GUARDIAN */

    function ownerAddsSigner(uint256 signer) public {
        signer = signer % SIGNERS;
        vm.prank(owner);
        (bool ok,) = address(escrow).call(abi.encodeCall(escrow.addSigner, (signerAt(signer))));
        expect(ok == (activeFrom[signer] == 0), "ESC-9: addSigner");
        if (ok) activeFrom[signer] = time() + DELAY;
    }

    function ownerRemovesSigner(uint256 signer) external {
        signer = signer % SIGNERS;
        vm.prank(owner);
        (bool ok,) = address(escrow).call(abi.encodeCall(escrow.removeSigner, (signerAt(signer))));
        expect(ok == (activeFrom[signer] != 0), "ESC-9: removeSigner");
        if (ok) activeFrom[signer] = 0;
    }

    function guardianPauses(uint256 seed) external {
        // Seldom, or most calls would find the escrow paused.
        if (seed % 4 != 0) return;
        vm.prank(guardian);
        escrow.pause();
        ghostPaused = true;
    }

    function ownerUnpauses() external {
        vm.prank(owner);
        escrow.unpause();
        ghostPaused = false;
    }

    function timePasses(uint256 seconds_) public {
        vm.warp(time() + bound(seconds_, 0, DELAY));
    }

    /* HELP */

    function expect(bool condition, string memory id) private {
        if (!condition && bytes(breach).length == 0) breach = id;
    }

    function signerKey(uint256 signer) private pure returns (uint256) {
        return uint256(keccak256(abi.encode("signer", signer)));
    }

    function signerAt(uint256 signer) public pure returns (address) {
        return vm.addr(signerKey(signer));
    }

    function isActive(uint256 signer) public view returns (bool) {
        return activeFrom[signer] != 0 && activeFrom[signer] <= time();
    }

    function recipientAt(uint256 index) public pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encode("recipient", index % RECIPIENTS)))));
    }

    function payoutFor(uint256 n, uint256 to, uint256 fee)
        private
        view
        returns (Payout memory)
    {
        return payoutTo(recipientAt(to), bound(fee, 0, _notes[n].note.amount));
    }

    function itemFor(uint256 n, uint256 to, uint256 fee, uint256 signer)
        private
        view
        returns (SignedClaim memory item)
    {
        GhostNote storage ghost = _notes[n];
        address coin = _batches[ghost.batch].terms.token;
        item = itemOf(ghost.key, coin, ghost.note.amount, payoutFor(n, to, fee));
        item.voucherSignature = sign(signerKey(signer), digestOfVoucher(n, item.terms));
    }

    function digestOfVoucher(uint256 n, IWalnutEscrow.Claim memory terms) private view returns (bytes32) {
        return voucherDigest(address(escrow), Voucher(terms.token, terms.amount, _notes[n].note.linkKey));
    }

    function exitFor(uint256 n, Payout memory payout) private view returns (ExitItem memory item) {
        GhostNote storage ghost = _notes[n];
        item.deposit = _batches[ghost.batch].terms;
        item.note = ghost.note;
        item.path = pathOf(n);
        item.terms = termsFor(item.deposit.token, ghost.note.amount, payout);
        item.linkSignature = linkSignatureOf(ghost.key, item.terms);
    }

    function pathOf(uint256 n) private view returns (bytes32[] memory) {
        GhostBatch storage batch = _batches[_notes[n].batch];
        Note[] memory notes = new Note[](batch.size);
        for (uint256 i = 0; i < batch.size; i++) {
            notes[i] = _notes[batch.firstNote + i].note;
        }
        return NoteTree.path(notes, _notes[n].index);
    }

    /* FOR THE ASSERTIONS */

    function theEscrow() external view returns (WalnutEscrow) {
        return escrow;
    }

    function sheet(address coin) external view returns (GhostSheet memory) {
        return _sheets[coin];
    }

    function batchCount() external view returns (uint256) {
        return _batches.length;
    }

    function batchAt(uint256 index) external view returns (GhostBatch memory) {
        return _batches[index];
    }

    function noteCount() external view returns (uint256) {
        return _notes.length;
    }

    function noteAt(uint256 index) external view returns (GhostNote memory) {
        return _notes[index];
    }

    function balanceOf(address coin, address account) public view returns (uint256) {
        return coin == NATIVE ? account.balance : PlainToken(coin).balanceOf(account);
    }

    /// @return sum What relayer and recipients have got.
    function gains(address coin) external view returns (uint256 sum) {
        sum = balanceOf(coin, relayer);
        for (uint256 i = 0; i < RECIPIENTS; i++) {
            sum += balanceOf(coin, recipientAt(i));
        }
    }

    function theRelayer() external view returns (address) {
        return relayer;
    }

    function theThief() external view returns (address) {
        return thief;
    }
}
