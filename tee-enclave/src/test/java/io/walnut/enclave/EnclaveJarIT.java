package io.walnut.enclave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EnclaveResult;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Hex;
import io.walnut.contracts.KeyDerivation;
import io.walnut.contracts.Note;
import io.walnut.contracts.NoteTree;
import io.walnut.contracts.VoucherRequest;
import io.walnut.enclave.ceremony.Role;
import io.walnut.enclave.ceremony.StatementJson;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The jar as its own process, under exactly the iExec environment. */
class EnclaveJarIT {

    private static final String NOBODY = "http://127.0.0.1:9/";

    @TempDir
    private Path directory;
    private TaskFixture task;

    @BeforeEach
    void wholeTask() {
        task = TaskFixture.of(directory,
                new EscrowDomain(AnvilChain.CHAIN_ID, Address.parse("0x00000000000000000000000000000000000000e5")), 3);
        task.dataset(List.of(NOBODY), 1);
    }

    static Stream<Arguments> wrongInputs() {
        return Stream.of(
                wrong("REQUEST_CHUNKS", task -> task.remove("IEXEC_REQUESTER_SECRET_1")),
                wrong("REQUEST_CHUNKS", task -> task.remove("IEXEC_REQUESTER_SECRET_6")),
                wrong("REQUEST_CHUNKS", task -> task.set("IEXEC_REQUESTER_SECRET_7", "AAAA")),
                wrong("REQUEST_LENGTH", task -> task.set("IEXEC_REQUESTER_SECRET_2", "")),
                wrong("REQUEST_LENGTH", task -> task.set("IEXEC_REQUESTER_SECRET_2", "A".repeat(4_095))),
                wrong("REQUEST_LENGTH", task -> task.set("IEXEC_REQUESTER_SECRET_2", "A".repeat(100_000))),
                wrong("REQUEST_BASE64", task -> task.set("IEXEC_REQUESTER_SECRET_2", "!".repeat(4_096))),
                wrong("REQUEST_BASE64", task -> task.set("IEXEC_REQUESTER_SECRET_2", "=".repeat(4_096))),
                wrong("REQUEST_BASE64", task -> task.set("IEXEC_REQUESTER_SECRET_2", "é".repeat(4_096))),
                wrong("REQUEST_VERSION", task -> rewrite(task, plain -> plain[0] = 2)),
                wrong("REQUEST_CHAIN_ID", task -> rewrite(task, plain -> plain[1] = (byte) 0x80)),
                wrong("REQUEST_NOTE_COUNT", task -> rewrite(task, plain -> plain[146] = 0)),
                wrong("REQUEST_NOTE_COUNT", task -> rewrite(task, plain -> plain[145] = 2)),
                wrong("REQUEST_PADDING", task -> rewrite(task, plain -> plain[plain.length - 1] = 1)),
                wrong("DEPOSIT_AMOUNT_RANGE", task -> rewrite(task, plain -> plain[49] = 1)),
                wrong("NOTE_AMOUNT_ZERO", task -> changeItem(task, new VoucherRequest.Item(
                        task.notes.get(1).linkKey(), BigInteger.ZERO))),
                wrong("LINK_KEY_ZERO", task -> changeItemAndRoot(task, new VoucherRequest.Item(
                        Address.ZERO, task.notes.get(1).amount()))),
                wrong("LINK_KEY_REPEATED", task -> changeItemAndRoot(task, new VoucherRequest.Item(
                        task.notes.get(0).linkKey(), task.notes.get(1).amount()))),
                wrong("NOTES_SUM_DIFFERS", task -> changeItem(task, new VoucherRequest.Item(
                        task.notes.get(1).linkKey(), task.notes.get(1).amount().add(BigInteger.ONE)))),
                wrong("NOTES_ROOT_DIFFERS", task -> changeItem(task, new VoucherRequest.Item(
                        task.domain.escrow(), task.notes.get(1).amount()))),
                wrong("NOTES_ROOT_DIFFERS", task -> rewrite(task, plain -> plain[113] ^= 1)),
                wrong("CHAIN_DIFFERS", task -> rewrite(task, plain -> plain[8] ^= 1)),
                wrong("ESCROW_DIFFERS", task -> rewrite(task, plain -> plain[9] ^= 1)),
                wrong("KEY_SHARE_A_MISSING", task -> task.remove("IEXEC_APP_DEVELOPER_SECRET")),
                wrong("KEY_SHARE_A_MALFORMED", task -> task.set("IEXEC_APP_DEVELOPER_SECRET", "")),
                wrong("KEY_SHARE_A_MALFORMED", task -> task.set("IEXEC_APP_DEVELOPER_SECRET", "A1".repeat(32))),
                wrong("KEY_SHARE_A_MALFORMED", task -> task.set("IEXEC_APP_DEVELOPER_SECRET", "a1".repeat(32) + "\n")),
                wrong("KEY_SHARE_A_MALFORMED", task -> task.set("IEXEC_APP_DEVELOPER_SECRET", "0".repeat(64))),
                wrong("KEY_SHARES_EQUAL", task -> task.set("IEXEC_APP_DEVELOPER_SECRET", "b2".repeat(32))),
                wrong("DATASET_MISSING", task -> task.remove("IEXEC_IN")),
                wrong("DATASET_MISSING", task -> task.remove("IEXEC_DATASET_FILENAME")),
                wrong("DATASET_MISSING", task -> task.set("IEXEC_DATASET_FILENAME", "other.json")),
                wrong("DATASET_MISSING", task -> task.set("IEXEC_DATASET_FILENAME", "../in/dataset.json")),
                wrong("DATASET_MISSING", task -> task.set("IEXEC_DATASET_FILENAME", ".")),
                wrong("DATASET_TOO_LARGE", task -> task.dataset(" ".repeat(600_000))),
                wrong("DATASET_NOT_JSON", task -> task.dataset("<dataset/>")),
                wrong("DATASET_MEMBER_MISSING", task -> task.dataset("{}")),
                wrong("DATASET_QUORUM", task -> task.dataset(List.of("https://a.example"), 1)),
                wrong("PROVIDERS_UNREACHABLE", task -> { }));
    }

    @ParameterizedTest(name = "{0} ({index})")
    @MethodSource("wrongInputs")
    void aWrongInputEndsWithItsCodeAndNothingSigned(String code, Consumer<TaskFixture> mistake) throws Exception {
        mistake.accept(task);
        EnclaveProcess ended = run(List.of());
        assertEquals(new EnclaveProcess(0, code + "\n", ""), ended);
        var result = EnclaveResult.decode(Files.readAllBytes(task.out().resolve("result.json")));
        assertEquals(code, assertInstanceOf(EnclaveResult.Refused.class, result).code());
        assertTrue(Files.exists(task.out().resolve("computed.json")));
        assertNoSecretIn(ended);
    }

    @Test
    void arefusalIsBlindedOnceTheSaltKeyCouldBeRead() throws Exception {
        run(List.of());
        assertEquals(KeyDerivation.resultBlinding(task.saltKey),
                EnclaveResult.decode(Files.readAllBytes(task.out().resolve("result.json"))).blinding());
        task.remove("IEXEC_REQUESTER_SECRET_1");
        run(List.of());
        assertEquals(Bytes32.ZERO,
                EnclaveResult.decode(Files.readAllBytes(task.out().resolve("result.json"))).blinding());
    }

    @Test
    void argumentsOfTheRequesterAreRefused() throws Exception {
        assertEquals(new EnclaveProcess(0, "ARGUMENTS_UNKNOWN\n", ""), run(List.of("--help")));
        assertEquals(new EnclaveProcess(0, "ARGUMENTS_UNKNOWN\n", ""), run(List.of("signer", "x")));
    }

    @Test
    void withoutAPlaceForTheResultTheTaskFails() throws Exception {
        task.remove("IEXEC_OUT");
        assertEquals(new EnclaveProcess(74, "OUTPUT_UNUSABLE\n", ""), run(List.of()));
        task.set("IEXEC_OUT", directory.resolve("nowhere").toString());
        assertEquals(new EnclaveProcess(74, "OUTPUT_UNUSABLE\n", ""), run(List.of()));
    }

    @Test
    void anUnknownSigningLibraryIsRefusedNotReplaced() throws Exception {
        assertEquals(new EnclaveProcess(0, "SIGNING_LIBRARY_UNAVAILABLE\n", ""),
                run(List.of(), "-Dwalnut.signing-library=fastest"));
    }

    @Test
    void theCeremonysTaskStatesTheSignerAndNothingSecret() throws Exception {
        EnclaveProcess ended = run(List.of("signer"));
        assertEquals(new EnclaveProcess(0, "SIGNER\n", ""), ended);
        var statement = StatementJson.decodeSigner(Files.readAllBytes(task.out().resolve("result.json")));
        assertEquals(task.signer(), statement.signer());
        assertEquals(Role.values().length, 2);
        assertNoSecretIn(ended);
    }

    @Test
    void aRealDepositIsSignedTwiceWithTheSameBytesByBothLibraries() throws Exception {
        try (AnvilChain chain = AnvilChain.start()) {
            task = TaskFixture.of(directory, new EscrowDomain(AnvilChain.CHAIN_ID, chain.deployEscrow()), 3);
            chain.deposit(task.domain.escrow(), task.deposit);
            chain.mine(5);
            task.dataset(chain.urls(3), 2);
            List<byte[]> results = new ArrayList<>();
            for (String library : List.of("libsecp256k1", "libsecp256k1", "bouncycastle")) {
                EnclaveProcess ended = run(List.of(), "-Dwalnut.signing-library=" + library);
                assertEquals(new EnclaveProcess(0, "SIGNED\n", ""), ended);
                assertNoSecretIn(ended);
                results.add(Files.readAllBytes(task.out().resolve("result.json")));
            }
            assertArrayEquals(results.get(0), results.get(1));
            assertArrayEquals(results.get(0), results.get(2));
            assertEquals("{\"deterministic-output-path\":\"" + task.out().resolve("result.json") + "\"}",
                    Files.readString(task.out().resolve("computed.json")));
            try (Stream<Path> files = Files.list(task.out())) {
                assertEquals(List.of("computed.json", "padding", "result.json"),
                        files.map(file -> file.getFileName().toString()).sorted().toList());
            }
        }
    }

    private EnclaveProcess run(List<String> arguments, String... options) throws IOException, InterruptedException {
        return EnclaveProcess.run(task.variables(), arguments, List.of(options), directory);
    }

    private void assertNoSecretIn(EnclaveProcess ended) throws IOException {
        String all = ended.out() + ended.err() + Files.readString(task.out().resolve("result.json"));
        for (byte[] secret : List.of(TaskFixture.SHARE_A, TaskFixture.SHARE_B, task.saltKey,
                KeyDerivation.signerKey(TaskFixture.SHARE_A, TaskFixture.SHARE_B, task.domain))) {
            assertFalse(all.toLowerCase(java.util.Locale.ROOT).contains(Hex.digits(secret)));
        }
        assertFalse(all.contains(NOBODY));
    }

    private static Arguments wrong(String code, Consumer<TaskFixture> mistake) {
        return Arguments.of(code, mistake);
    }

    private static void changeItem(TaskFixture task, VoucherRequest.Item item) {
        var items = task.items();
        items.set(1, item);
        task.request(items);
    }

    /** As a deposit that really holds such a note would have it. */
    private static void changeItemAndRoot(TaskFixture task, VoucherRequest.Item item) {
        var items = task.items();
        items.set(1, item);
        var notes = new ArrayList<Note>();
        for (VoucherRequest.Item each : items) {
            notes.add(new Note(each.linkKey(), each.amount(), KeyDerivation.salt(task.saltKey, notes.size())));
        }
        task.request(new VoucherRequest(task.domain, task.deposit.token(), task.deposit.amount(),
                NoteTree.of(notes).root(), task.saltKey, items));
    }

    /** Changes the request's bytes under their base64. */
    private static void rewrite(TaskFixture task, Consumer<byte[]> change) {
        Map<String, String> variables = task.variables();
        var text = new StringBuilder();
        for (int n = 1; n <= VoucherRequest.CHUNKS; n++) {
            text.append(variables.get("IEXEC_REQUESTER_SECRET_" + n));
        }
        byte[] plain = Base64.getDecoder().decode(text.toString());
        change.accept(plain);
        String changed = Base64.getEncoder().encodeToString(plain);
        for (int n = 1; n <= VoucherRequest.CHUNKS; n++) {
            int at = (n - 1) * VoucherRequest.CHUNK_LENGTH;
            task.set("IEXEC_REQUESTER_SECRET_" + n,
                    changed.substring(at, Math.min(changed.length(), at + VoucherRequest.CHUNK_LENGTH)));
        }
    }
}
