package io.walnut.enclave.ceremony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Hex;
import io.walnut.contracts.KeyDerivation;
import io.walnut.contracts.Secp256k1;
import io.walnut.enclave.Enclave;
import io.walnut.enclave.Refused;
import io.walnut.enclave.Steps;
import io.walnut.enclave.input.TaskEnvironment;
import io.walnut.enclave.rpc.RpcLimits;
import io.walnut.enclave.signing.SigningLibrary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ceremony as its two people run it, and the enclave's task at its end. */
class CeremonyTest {

    private static final Address ESCROW = Address.parse("0x00000000000000000000000000000000000000e5");
    private static final String CHALLENGE_FOR_A = "0x" + "a7".repeat(32);
    private static final String CHALLENGE_FOR_B = "0x" + "b7".repeat(32);

    @TempDir
    private Path directory;

    @Test
    void twoPeopleEndWithOneSignerAddressAndNeitherHasBothShares() throws Exception {
        assertEquals(0, run(shareA()).status());
        assertEquals(0, run(shareB()).status());
        assertEquals(0, run("check", "--statement", file("b/statement-b.json"), "--challenge", CHALLENGE_FOR_B,
                "--chain-id", "65535", "--escrow", ESCROW.hex()).status());
        assertEquals(0, run("check", "--statement", file("a/statement-a.json"), "--challenge", CHALLENGE_FOR_A,
                "--chain-id", "65535", "--escrow", ESCROW.hex()).status());
        enclaveStates();
        Run signer = run(signer());
        assertEquals(0, signer.status(), signer.printed());
        assertEquals(expectedSigner().toString(), signer.printed().strip());
    }

    @Test
    void noShareIsInAStatementOrOnTheScreen() throws Exception {
        String printed = run(shareA()).printed() + run(shareB()).printed();
        String shareA = Files.readString(Path.of(file("a/app-developer-secret")));
        String dataset = Files.readString(Path.of(file("b/dataset.json")));
        String shareB = dataset.replaceFirst(".*\"keyShare\":\"([0-9a-f]{64})\".*", "$1");
        String statements = Files.readString(Path.of(file("a/statement-a.json")))
                + Files.readString(Path.of(file("b/statement-b.json")));
        for (String share : List.of(shareA, shareB)) {
            assertEquals(64, share.length());
            assertFalse((printed + statements).contains(share));
        }
    }

    @Test
    void sharesAreReadableByTheirOwnerOnlyAndNeverOverwritten() throws IOException {
        run(shareA());
        Path share = Path.of(file("a/app-developer-secret"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(share)));
        byte[] before = Files.readAllBytes(share);
        Run again = run(shareA());
        assertEquals(2, again.status());
        assertTrue(again.printed().contains("never overwritten"), again.printed());
        assertEquals(Hex.encode(before), Hex.encode(Files.readAllBytes(share)));
    }

    @Test
    void aStatementForAnotherChallengeOrEscrowDoesNotPass() {
        run(shareA());
        assertEquals(3, run("check", "--statement", file("a/statement-a.json"), "--challenge", CHALLENGE_FOR_B,
                "--chain-id", "65535", "--escrow", ESCROW.hex()).status());
        assertEquals(3, run("check", "--statement", file("a/statement-a.json"), "--challenge", CHALLENGE_FOR_A,
                "--chain-id", "1", "--escrow", ESCROW.hex()).status());
    }

    @Test
    void aStatementWithSomeoneElsesKeyDoesNotPass() throws IOException {
        run(shareA());
        Path statement = Path.of(file("a/statement-a.json"));
        Files.writeString(statement, Files.readString(statement)
                .replaceFirst("(\"statementKey\":\"0x)[0-9a-f]{8}", "$100000000"));
        assertEquals(3, run("check", "--statement", statement.toString(), "--challenge", CHALLENGE_FOR_A,
                "--chain-id", "65535", "--escrow", ESCROW.hex()).status());
    }

    /** The application owner swaps his share after the ceremony: the enclave's statement shows it. */
    @Test
    void anEnclaveThatUsedAnotherShareIsFoundOut() throws Exception {
        run(shareA());
        run(shareB());
        Files.writeString(Path.of(file("a/app-developer-secret")), "0123456789abcdef".repeat(4));
        enclaveStates();
        assertEquals(3, run(signer()).status());
    }

    @Test
    void aDatasetThatTheEnclaveWouldRefuseIsNotWritten() {
        var arguments = new ArrayList<>(List.of(shareB()));
        arguments.set(arguments.indexOf("--quorum") + 1, "1");
        Run refused = run(arguments.toArray(String[]::new));
        assertEquals(2, refused.status());
        assertTrue(refused.printed().contains("DATASET_QUORUM"), refused.printed());
        assertFalse(Files.exists(Path.of(file("b/dataset.json"))));
    }

    @Test
    void badUseGetsOneClearLine() {
        for (String[] arguments : List.of(new String[] {"dance"}, new String[] {"share-a"},
                new String[] {"share-a", "--out"}, new String[] {"share-a", "out", "x"},
                new String[] {"challenge", "--out", "x"}, new String[] {"check", "--statement", file("none"),
                    "--challenge", CHALLENGE_FOR_A, "--chain-id", "1", "--escrow", ESCROW.hex()})) {
            Run run = run(arguments);
            assertEquals(2, run.status(), String.join(" ", arguments));
            assertEquals(1, run.printed().lines().count(), run.printed());
        }
    }

    @Test
    void aStatementKeyIsNoSignerKeyAndDiffersByRoleAndEscrow() {
        byte[] share = new byte[32];
        share[0] = 1;
        var domain = new EscrowDomain(1, ESCROW);
        assertEquals(4, List.of(
                Hex.encode(KeyDerivation.statementKey(share, 'a', domain)),
                Hex.encode(KeyDerivation.statementKey(share, 'b', domain)),
                Hex.encode(KeyDerivation.statementKey(share, 'a', new EscrowDomain(2, ESCROW))),
                Hex.encode(KeyDerivation.signerKey(share, share, domain))).stream().distinct().count());
    }

    @Test
    void aChallengeIsFreshEachTime() {
        assertFalse(run("challenge").printed().equals(run("challenge").printed()));
    }

    private String[] shareA() {
        return new String[] {"share-a", "--chain-id", "65535", "--escrow", ESCROW.hex(), "--challenge",
            CHALLENGE_FOR_A, "--out", file("a")};
    }

    private String[] shareB() {
        return new String[] {"share-b", "--chain-id", "65535", "--escrow", ESCROW.hex(), "--challenge",
            CHALLENGE_FOR_B, "--out", file("b"), "--provider", "https://a.example/key", "--provider",
            "https://b.example", "--provider", "https://c.example", "--quorum", "2", "--finality", "finalized"};
    }

    private String[] signer() {
        return new String[] {"signer", "--result", file("result.json"), "--statement-a", file("a/statement-a.json"),
            "--statement-b", file("b/statement-b.json")};
    }

    private void enclaveStates() throws IOException, Refused {
        var environment = new TaskEnvironment(Map.of(
                "IEXEC_APP_DEVELOPER_SECRET", Files.readString(Path.of(file("a/app-developer-secret"))),
                "IEXEC_IN", file("b"), "IEXEC_DATASET_FILENAME", "dataset.json"));
        var statement = new Enclave(environment, SigningLibrary.LIBSECP256K1, RpcLimits.STANDARD, Steps.IGNORED)
                .stateSigner();
        Files.write(Path.of(file("result.json")), StatementJson.encode(statement));
    }

    private Address expectedSigner() throws IOException {
        byte[] a = Hex.decodeDigits(Files.readString(Path.of(file("a/app-developer-secret"))));
        byte[] b = Hex.decodeDigits(Files.readString(Path.of(file("b/dataset.json")))
                .replaceFirst(".*\"keyShare\":\"([0-9a-f]{64})\".*", "$1"));
        return Secp256k1.bouncyCastle()
                .address(KeyDerivation.signerKey(a, b, new EscrowDomain(65_535, ESCROW)));
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private record Run(int status, String printed) {
    }

    private static Run run(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        var printed = new ByteArrayOutputStream();
        try (var stream = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(stream);
            System.setErr(stream);
            int status = Ceremony.run(List.of(arguments));
            return new Run(status, printed.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
