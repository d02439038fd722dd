package io.walnut.enclave.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.EnclaveResult;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Keccak;
import io.walnut.contracts.VoucherRequest;
import io.walnut.enclave.Refused;
import io.walnut.enclave.TaskFixture;
import io.walnut.enclave.chain.AccountProof;
import io.walnut.enclave.chain.BlockHeader;
import io.walnut.enclave.chain.InvalidProof;
import io.walnut.enclave.chain.MalformedRlp;
import io.walnut.enclave.chain.MerklePatriciaProof;
import io.walnut.enclave.chain.Quantity;
import io.walnut.enclave.chain.Rlp;
import io.walnut.enclave.input.ConfigurationParser;
import io.walnut.enclave.input.KeyShare;
import io.walnut.enclave.rpc.FuzzedAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One target per parser. Inputs are drawn by a seeded mutator that starts from well-formed ones; whatever
 * comes in, a parser may only accept it, and then what it accepted must encode to the same bytes, or refuse
 * it with its own exception. Any other exception fails the run with the seed and number of the input.
 *
 * <p>{@code -Dwalnut.fuzz.inputs=N} sets the inputs per target, {@code -Dwalnut.fuzz.seed=N} the seed.
 */
class ParserFuzzTest {

    private static final int INPUTS = Integer.getInteger("walnut.fuzz.inputs", 20_000);
    private static final long SEED = Long.getLong("walnut.fuzz.seed", 20_260_101L);

    private static final StringBuilder REPORT = new StringBuilder();
    private static TaskFixture task;

    /** Takes one input; says whether it was accepted. */
    interface Target {
        boolean accepts(byte[] input) throws Exception;
    }

    @BeforeAll
    static void seeds() throws IOException {
        task = TaskFixture.of(Files.createTempDirectory("fuzz"),
                new EscrowDomain(42_161, Address.parse("0x00000000000000000000000000000000000000e5")), 7);
    }

    @AfterAll
    static void report() {
        System.out.print(REPORT);
    }

    @Test
    void rlp() {
        List<byte[]> seeds = List.of(
                Rlp.encodeBytes(new byte[100]), Rlp.encodeBytes(new byte[] {5}), Rlp.encodeList(List.of()),
                Rlp.encodeList(List.of(Rlp.encodeBytes(new byte[60]), Rlp.encodeList(List.of(new byte[] {1})))));
        fuzz("RLP", seeds, input -> {
            try {
                assertArrayEquals(input, encoded(Rlp.decode(input)));
                return true;
            } catch (MalformedRlp e) {
                return false;
            }
        });
    }

    @Test
    void trieProof() {
        byte[] leaf = Rlp.encodeList(List.of(Rlp.encodeBytes(new byte[] {0x20}), Rlp.encodeBytes(new byte[] {1})));
        var branch = new ArrayList<byte[]>();
        for (int i = 0; i < 16; i++) {
            branch.add(i % 3 == 0 ? Rlp.encodeBytes(Keccak.hash(new byte[] {(byte) i}).bytes()) : leaf);
        }
        branch.add(new byte[] {(byte) 0x80});
        byte[] key = {1};
        var path = new ByteArrayOutputStream();
        path.write(0x20);
        path.writeBytes(Keccak.hash(key).bytes());
        byte[] rightLeaf = Rlp.encodeList(List.of(Rlp.encodeBytes(path.toByteArray()), Rlp.encodeBytes(new byte[70])));
        fuzz("trie proof", List.of(rightLeaf, Rlp.encodeList(branch)), input -> {
            // The root is made to fit, so that what is fuzzed is the walk and not the hash.
            var proof = new MerklePatriciaProof(List.of(input));
            try {
                new AccountProof(proof, proof).verify(Keccak.hash(input), Address.ZERO, Keccak.hash());
            } catch (InvalidProof e) {
                // Only that nothing else comes out; whether the key below is proved is what counts.
            }
            try {
                proof.valueOf(Keccak.hash(input), key);
                return true;
            } catch (InvalidProof e) {
                return false;
            }
        });
    }

    @Test
    void dataset() {
        String json = task.datasetJson(List.of("https://a.example/k", "https://b.example/k", "https://c.example"), 2);
        fuzz("dataset", List.of(json.getBytes(StandardCharsets.UTF_8)), input -> {
            try (var configuration = ConfigurationParser.parse(input)) {
                assertTrue(2 * configuration.quorum() > configuration.providers().size());
                return true;
            } catch (Refused e) {
                return false;
            }
        });
    }

    @Test
    void request() {
        byte[] whole = new VoucherRequest(task.domain, task.deposit.token(), task.deposit.amount(),
                task.deposit.notesRoot(), task.saltKey, task.items()).encode().stream()
                .collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes, (a, b) -> { })
                .toByteArray();
        fuzz("request", List.of(whole), input -> {
            List<byte[]> chunks = new ArrayList<>();
            for (int at = 0; at < input.length; at += VoucherRequest.CHUNK_LENGTH) {
                chunks.add(java.util.Arrays.copyOfRange(input, at,
                        Math.min(input.length, at + VoucherRequest.CHUNK_LENGTH)));
            }
            try (var request = VoucherRequest.decode(chunks)) {
                var again = request.encode();
                for (int i = 0; i < chunks.size(); i++) {
                    assertArrayEquals(chunks.get(i), again.get(i));
                }
                return true;
            } catch (VoucherRequest.MalformedException e) {
                return false;
            }
        });
    }

    @Test
    void keyShare() {
        fuzz("key share", List.of("0123456789abcdef".repeat(4).getBytes(StandardCharsets.US_ASCII)), input -> {
            char[] text = new String(input, StandardCharsets.ISO_8859_1).toCharArray();
            Optional<byte[]> share = KeyShare.parse(text, 0, text.length);
            share.ifPresent(bytes -> assertEquals(new String(text), java.util.HexFormat.of().formatHex(bytes)));
            return share.isPresent();
        });
    }

    @Test
    void quantity() {
        fuzz("quantity", List.of("0x1234abcdef".getBytes(StandardCharsets.US_ASCII)), input -> {
            String text = new String(input, StandardCharsets.ISO_8859_1);
            var number = Quantity.parse(text);
            number.ifPresent(value -> assertEquals(text.toLowerCase(java.util.Locale.ROOT), "0x" + value.toString(16)));
            return number.isPresent();
        });
    }

    @Test
    void blockHeader() {
        Map<String, String> honest = new HashMap<>();
        for (String hash : List.of("parentHash", "sha3Uncles", "stateRoot", "transactionsRoot", "receiptsRoot",
                "mixHash", "withdrawalsRoot", "parentBeaconBlockRoot", "requestsHash")) {
            honest.put(hash, "0x" + "5a".repeat(32));
        }
        for (String number : List.of("difficulty", "number", "gasLimit", "gasUsed", "timestamp", "baseFeePerGas",
                "blobGasUsed", "excessBlobGas")) {
            honest.put(number, "0x1f");
        }
        honest.put("miner", "0x" + "11".repeat(20));
        honest.put("logsBloom", "0x" + "00".repeat(256));
        honest.put("nonce", "0x" + "00".repeat(8));
        honest.put("extraData", "0x");
        List<String> names = honest.keySet().stream().sorted().toList();
        fuzz("block header", names.stream().map(name -> honest.get(name).getBytes(StandardCharsets.US_ASCII)).toList(),
                input -> {
                    var fields = new HashMap<>(honest);
                    String name = names.get(Math.floorMod(java.util.Arrays.hashCode(input), names.size()));
                    fields.put(name, new String(input, StandardCharsets.ISO_8859_1));
                    return BlockHeader.ofFields(fields).isPresent();
                });
    }

    @Test
    void jsonRpcAnswer() {
        fuzz("JSON-RPC answer", FuzzedAnswer.seeds(), FuzzedAnswer::accepts);
    }

    @Test
    void result() {
        byte[] refused = new EnclaveResult.Refused(Keccak.hash(), "DEPOSIT_NOT_FOUND").encode();
        fuzz("result", List.of(refused), input -> {
            try {
                assertArrayEquals(input, EnclaveResult.decode(input).encode());
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        });
    }

    private static void fuzz(String name, List<byte[]> seeds, Target target) {
        var mutator = new Mutator(new Random(SEED), seeds);
        int accepted = 0;
        long start = System.nanoTime();
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = i < seeds.size() ? seeds.get(i) : mutator.next();
            try {
                accepted += target.accepts(input) ? 1 : 0;
            } catch (Throwable e) {
                throw new AssertionError(name + ": input " + i + " of seed " + SEED + " broke the parser: "
                        + java.util.HexFormat.of().formatHex(input, 0, Math.min(input.length, 400)), e);
            }
        }
        REPORT.append("fuzz: %-16s %,9d inputs, %,8d accepted, %,7d ms%n".formatted(
                name, INPUTS, accepted, (System.nanoTime() - start) / 1_000_000));
        // A target that refuses everything, or accepts everything, exercises nothing.
        assertTrue(accepted < INPUTS, name + " accepted every input");
    }

    private static byte[] encoded(Rlp item) {
        return switch (item) {
            case Rlp.Bytes(byte[] value) -> Rlp.encodeBytes(value);
            case Rlp.Sequence(List<Rlp> items, byte[] encoding) ->
                    Rlp.encodeList(items.stream().map(ParserFuzzTest::encoded).toList());
        };
    }
}
