package io.walnut.privacy.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Note;
import io.walnut.contracts.NoteTree;
import io.walnut.contracts.Secp256k1;
import io.walnut.privacy.EscrowOnAnvil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receipts of a batch of seven notes on the real escrow: two of them are one payment, one exits, one stays. */
class ReceiptOnChainTest {

    private static final byte[] COMPANY = EscrowOnAnvil.key("company");
    private static final Address TREASURY = EscrowOnAnvil.address(COMPANY);
    private static final Address RECIPIENT = EscrowOnAnvil.address(EscrowOnAnvil.key("recipient"));
    private static final Address RELAYER = EscrowOnAnvil.address(EscrowOnAnvil.key("relayer"));
    private static final Instant ISSUED = Instant.parse("2026-03-31T12:00:00Z");

    private static EscrowOnAnvil escrow;
    private static List<Note> notes;
    private static NoteTree tree;
    private static Deposit deposit;
    private static Bytes32 deposited;
    private static final List<Bytes32> REDEEMED = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void payOnARealChain() throws IOException {
        escrow = new EscrowOnAnvil();
        notes = IntStream.range(0, 7).mapToObj(i -> new Note(EscrowOnAnvil.address(noteKey(i)),
                BigInteger.valueOf(1_000 * (i + 1)), Bytes32.of(EscrowOnAnvil.key("salt" + i)))).toList();
        tree = NoteTree.of(notes);
        deposit = new Deposit(Address.ZERO, BigInteger.valueOf(28_000), tree.root());
        deposited = escrow.deposit(TREASURY, deposit);
        escrow.mine();
        for (int i = 0; i < 2; i++) {
            REDEEMED.add(escrow.claim(RELAYER, redeemed(i, RECIPIENT), RELAYER));
        }
        REDEEMED.add(escrow.exit(RECIPIENT, noteKey(2), deposit, notes.get(2), tree.path(2), RECIPIENT));
        REDEEMED.add(escrow.claim(RELAYER, redeemed(3, TREASURY), RELAYER));
        escrow.mine();
        REDEEMED.forEach(escrow::receipt);
        escrow.finalizeAll();
    }

    @AfterAll
    static void stop() {
        escrow.close();
    }

    @Test
    void aPaymentOfTwoNotesIsProven() throws Exception {
        ReceiptVerifier.Proven proven = verify(signed(receipt(0, 1)));
        assertEquals(TREASURY, proven.depositor());
        assertEquals(BigInteger.valueOf(3_000), proven.receipt().amount());
        assertTrue(proven.payouts().stream().allMatch(p -> p.recipient().equals(Optional.of(RECIPIENT)) && !p.exited()));
        assertFalse(proven.isReturned());
    }

    @Test
    void anExitAReclaimAndAnUnredeemedNoteAreToldApart() throws Exception {
        assertTrue(verify(signed(receipt(2))).payouts().getFirst().exited());
        assertTrue(verify(signed(receipt(3))).isReturned());
        assertTrue(verify(signed(receipt(4))).payouts().getFirst().recipient().isEmpty());
    }

    @Test
    void aReceiptSurvivesItsFile() throws Exception {
        Receipt.Signed signed = signed(receipt(0, 1, 4));
        assertEquals(signed, ReceiptJson.read(ReceiptJson.write(signed)));
    }

    @Test
    void aReceiptShowsNothingOfOtherNotes() {
        String json = ReceiptJson.write(signed(receipt(0)));
        for (Note other : notes.subList(1, notes.size())) {
            assertFalse(json.contains(other.linkKey().hex()) || json.contains(other.salt().toString()));
        }
    }

    @Test
    void aChangedAmountBreaksTheSignature() {
        String forged = ReceiptJson.write(signed(receipt(0))).replace("\"1000\"", "\"9000\"");
        assertRefused(Step.SIGNATURE, () -> verify(ReceiptJson.read(forged)));
    }

    @Test
    void aNoteOfAnotherAmountDoesNotLieInTheDeposit() {
        Note larger = new Note(notes.get(0).linkKey(), BigInteger.valueOf(9_000), notes.get(0).salt());
        assertRefused(Step.NOTES, () -> verify(signed(receipt(List.of(
                new Receipt.Item(larger, tree.path(0), Optional.of(REDEEMED.get(0))))))));
    }

    @Test
    void aNoteShownTwiceIsRefused() {
        assertRefused(Step.NOTES, () -> verify(signed(receipt(0, 0))));
    }

    @Test
    void anotherChainIsRefused() {
        Receipt r = receipt(0);
        assertRefused(Step.CHAIN, () -> verify(signed(new Receipt(new EscrowDomain(1, r.domain().escrow()), deposit,
                deposited, r.items(), r.reference(), ISSUED))));
    }

    @Test
    void aDepositThatWasNeverMadeIsRefused() {
        Note alone = notes.get(6);
        NoteTree other = NoteTree.of(List.of(alone));
        var invented = new Deposit(Address.ZERO, alone.amount(), other.root());
        assertRefused(Step.DEPOSIT, () -> verify(signed(new Receipt(escrow.domain, invented, deposited,
                List.of(new Receipt.Item(alone, List.of(), Optional.empty())), "", ISSUED))));
    }

    @Test
    void aTransactionThatDidNotMakeTheDepositIsRefused() {
        for (Bytes32 wrong : List.of(REDEEMED.get(0), Bytes32.of(EscrowOnAnvil.key("unknown")))) {
            assertRefused(Step.DEPOSIT, () -> verify(signed(
                    new Receipt(escrow.domain, deposit, wrong, receipt(0).items(), "", ISSUED))));
        }
    }

    @Test
    void aSignerWhoIsNotTheDepositorIsRefusedUnlessAnnounced() throws Exception {
        byte[] accountant = EscrowOnAnvil.key("accountant");
        Receipt.Signed signed = receipt(0).sign(Secp256k1.bouncyCastle(), accountant);
        assertRefused(Step.SIGNER, () -> verify(signed));
        verify(signed, Optional.of(signed.signer()), OptionalInt.empty());
        assertRefused(Step.SIGNER, () -> verify(signed, Optional.of(RELAYER), OptionalInt.empty()));
    }

    @Test
    void anotherNotesTransactionIsRefused() {
        assertRefused(Step.REDEMPTION, () -> verify(signed(receipt(List.of(
                new Receipt.Item(notes.get(0), tree.path(0), Optional.of(REDEEMED.get(1))))))));
    }

    @Test
    void hidingThatANoteWasRedeemedIsRefused() {
        assertRefused(Step.REDEMPTION, () -> verify(signed(receipt(List.of(
                new Receipt.Item(notes.get(0), tree.path(0), Optional.empty()))))));
    }

    @Test
    void whatIsNotFinalIsRefused() {
        assertRefused(Step.FINALITY, () -> verify(signed(receipt(0)), Optional.empty(), OptionalInt.of(1_000)));
    }

    @Test
    void brokenFilesAreRefusedAsSuch() {
        String good = ReceiptJson.write(signed(receipt(0)));
        List<String> broken = List.of("", "[]", "null", "{}", good.substring(0, good.length() / 2), good + "{}",
                good.replace("\"version\" : 1", "\"version\" : 2"), good.replace("\"reference\"", "\"remark\""),
                good.replace("\"1000\"", "1000"), good.replace("\"1000\"", "\"-1000\""), good.replace("\"1000\"", "\"01000\""),
                good.replace("\"chainId\" : \"31337\"", "\"chainId\" : \"99999999999999999999\""),
                good.replace(ISSUED.toString(), "yesterday"), good.replace("\"path\" : [", "\"path\" : [[],"),
                good.replaceAll("\"signature\" : \"0x..", "\"signature\" : \"0x"), "[".repeat(100_000));
        for (String text : broken) {
            assertRefused(Step.FORMAT, () -> ReceiptJson.read(text));
        }
    }

    @Test
    void theCommandEndsWithWhatItFound() throws IOException {
        Path good = Files.writeString(folder.resolve("good.json"), ReceiptJson.write(signed(receipt(0, 1))));
        Path bad = Files.writeString(folder.resolve("bad.json"), "{}");
        String node = escrow.node().toString();
        var out = new ByteArrayOutputStream();
        assertEquals(0, run(out, good.toString(), "--rpc", node));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("paid to " + RECIPIENT));
        assertEquals(1, run(out, bad.toString(), "--rpc", node));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("REFUSED at step FORMAT"));
        assertEquals(1, run(out, good.toString(), "--rpc", node, "--escrow", RELAYER.hex()));
        assertEquals(2, run(out, good.toString()));
        assertEquals(2, run(out, "missing.json", "--rpc", node));
        assertEquals(3, run(out, good.toString(), "--rpc", "http://127.0.0.1:1"));
    }

    @Test
    void theCommandTellsWhatHeldBeforeTheStepThatFailed() throws IOException {
        Receipt good = receipt(0);
        assertRefusedByCommand(Step.SIGNATURE, ReceiptJson.write(signed(good)).replace("salary March", "salary April"));
        assertRefusedByCommand(Step.NOTES, ReceiptJson.write(signed(receipt(0, 0))));
        assertRefusedByCommand(Step.CHAIN, ReceiptJson.write(signed(good)), "--escrow", RELAYER.hex());
        assertRefusedByCommand(Step.DEPOSIT, ReceiptJson.write(signed(
                new Receipt(escrow.domain, deposit, REDEEMED.get(0), good.items(), "", ISSUED))));
        assertRefusedByCommand(Step.SIGNER, ReceiptJson.write(signed(good)), "--signer", RELAYER.hex());
        assertRefusedByCommand(Step.REDEMPTION, ReceiptJson.write(signed(receipt(List.of(
                new Receipt.Item(notes.get(0), tree.path(0), Optional.of(REDEEMED.get(1))))))));
        assertRefusedByCommand(Step.FINALITY, ReceiptJson.write(signed(good)), "--depth", "1000");
    }

    private void assertRefusedByCommand(Step step, String receipt, String... options) throws IOException {
        var args = new ArrayList<>(List.of(Files.writeString(folder.resolve("receipt.json"), receipt).toString(), "--rpc",
                escrow.node().toString()));
        args.addAll(List.of(options));
        var out = new ByteArrayOutputStream();
        assertEquals(1, run(out, args.toArray(String[]::new)));
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(step.ordinal() + 1, lines.size(), lines.toString());
        for (Step held : List.of(Step.values()).subList(0, step.ordinal())) {
            assertTrue(lines.get(held.ordinal()).startsWith("ok  " + held), lines.toString());
        }
        assertTrue(lines.getLast().startsWith("REFUSED at step " + step + " "), lines.toString());
    }

    private static int run(ByteArrayOutputStream out, String... args) {
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return VerifyMain.run(args, stream, stream);
    }

    private interface Check {
        void run() throws Exception;
    }

    private static void assertRefused(Step step, Check check) {
        assertEquals(step, assertThrows(ReceiptRefused.class, check::run).step());
    }

    private static ReceiptVerifier.Proven verify(Receipt.Signed signed) throws ReceiptRefused, IOException {
        return verify(signed, Optional.empty(), OptionalInt.empty());
    }

    private static ReceiptVerifier.Proven verify(Receipt.Signed signed, Optional<Address> signer, OptionalInt depth)
            throws ReceiptRefused, IOException {
        return new ReceiptVerifier(escrow.node(), Optional.empty(), signer, depth).verify(signed, step -> { });
    }

    private static Receipt receipt(int... indices) {
        return receipt(IntStream.of(indices).mapToObj(i -> new Receipt.Item(notes.get(i), tree.path(i),
                i < REDEEMED.size() ? Optional.of(REDEEMED.get(i)) : Optional.empty())).toList());
    }

    private static Receipt receipt(List<Receipt.Item> items) {
        return new Receipt(escrow.domain, deposit, deposited, items, "salary March", ISSUED);
    }

    private static Receipt.Signed signed(Receipt receipt) {
        return receipt.sign(Secp256k1.bouncyCastle(), COMPANY);
    }

    private static EscrowOnAnvil.Redeemed redeemed(int index, Address recipient) {
        return new EscrowOnAnvil.Redeemed(noteKey(index), notes.get(index).amount(), recipient);
    }

    private static byte[] noteKey(int index) {
        return EscrowOnAnvil.key("note" + index);
    }
}
