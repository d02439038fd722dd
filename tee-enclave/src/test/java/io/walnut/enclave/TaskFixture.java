package io.walnut.enclave;

import io.walnut.contracts.Address;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Hex;
import io.walnut.contracts.KeyDerivation;
import io.walnut.contracts.Note;
import io.walnut.contracts.NoteTree;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.VoucherRequest;
import io.walnut.enclave.input.TaskEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A whole, right task as iExec would hand it over; a test breaks one thing of it. Everything follows from
 * the number of notes, so that a failure can be repeated.
 */
public final class TaskFixture {

    public static final byte[] SHARE_A = bytes(0xa1);
    public static final byte[] SHARE_B = bytes(0xb2);

    public final EscrowDomain domain;
    public final Deposit deposit;
    public final List<Note> notes;
    public final byte[] saltKey = bytes(0x5a);
    private final Path directory;
    private final Map<String, String> variables = new HashMap<>();

    private TaskFixture(Path directory, EscrowDomain domain, Address token, int count) {
        this.directory = directory;
        this.domain = domain;
        this.notes = notes(count);
        BigInteger sum = notes.stream().map(Note::amount).reduce(BigInteger.ZERO, BigInteger::add);
        this.deposit = new Deposit(token, sum, NoteTree.of(notes).root());
        variables.put("IEXEC_OUT", made("out").toString());
        variables.put("IEXEC_IN", made("in").toString());
        variables.put("IEXEC_DATASET_FILENAME", "dataset.json");
        variables.put("IEXEC_TASK_ID", "0x" + "11".repeat(32));
        variables.put("IEXEC_APP_DEVELOPER_SECRET", Hex.digits(SHARE_A));
        request(items());
    }

    public static TaskFixture of(Path directory, EscrowDomain domain, int notes) {
        return new TaskFixture(directory, domain, Address.ZERO, notes);
    }

    public List<VoucherRequest.Item> items() {
        return notes.stream().map(note -> new VoucherRequest.Item(note.linkKey(), note.amount()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    public void request(List<VoucherRequest.Item> items) {
        request(new VoucherRequest(domain, deposit.token(), deposit.amount(), deposit.notesRoot(), saltKey, items));
    }

    public void request(VoucherRequest request) {
        int n = 1;
        for (byte[] chunk : request.encode()) {
            variables.put("IEXEC_REQUESTER_SECRET_" + n++, new String(chunk, StandardCharsets.US_ASCII));
        }
    }

    /** The dataset with {@code quorum} of {@code providers}. */
    public void dataset(List<String> providers, int quorum) {
        dataset(datasetJson(providers, quorum));
    }

    public String datasetJson(List<String> providers, int quorum) {
        return """
                {"version": 1, "keyShare": "%s", "chainId": "%d", "escrow": "%s", "providers": [%s],
                 "quorum": %d, "finality": "finalized", "denied": []}
                """.formatted(Hex.digits(SHARE_B), domain.chainId(), domain.escrow().hex(),
                providers.stream().map(url -> '"' + url + '"').collect(Collectors.joining(",")), quorum);
    }

    public void dataset(String json) {
        try {
            Files.writeString(Path.of(variables.get("IEXEC_IN")).resolve("dataset.json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void set(String variable, String value) {
        variables.put(variable, value);
    }

    public void remove(String variable) {
        variables.remove(variable);
    }

    public Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    public TaskEnvironment environment() {
        return new TaskEnvironment(variables());
    }

    public Path out() {
        return Path.of(variables.get("IEXEC_OUT"));
    }

    public Address signer() {
        return Secp256k1.bouncyCastle().address(KeyDerivation.signerKey(SHARE_A, SHARE_B, domain));
    }

    private List<Note> notes(int count) {
        var made = new ArrayList<Note>();
        Secp256k1 library = Secp256k1.nativeLibrary();
        for (int i = 0; i < count; i++) {
            made.add(new Note(library.address(noteKey(i)), BigInteger.valueOf(1_000_000_000L + i),
                    KeyDerivation.salt(saltKey, i)));
        }
        return made;
    }

    /** The private key of note {@code i}. */
    public byte[] noteKey(int i) {
        return KeyDerivation.noteKey(bytes(0x11), i);
    }

    private Path made(String name) {
        try {
            return Files.createDirectories(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(int value) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
