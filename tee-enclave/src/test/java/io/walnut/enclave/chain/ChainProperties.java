package io.walnut.enclave.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Keccak;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ChainProperties {

    @Property
    void bytesSurviveRlp(@ForAll @Size(max = 1_000) byte[] value) throws MalformedRlp {
        assertArrayEquals(value, ((Rlp.Bytes) Rlp.decode(Rlp.encodeBytes(value))).value());
    }

    @Property
    void listsSurviveRlp(@ForAll @Size(max = 20) List<@Size(max = 40) byte[]> values) throws MalformedRlp {
        byte[] encoded = Rlp.encodeList(values.stream().map(Rlp::encodeBytes).toList());
        var list = (Rlp.Sequence) Rlp.decode(encoded);
        assertArrayEquals(encoded, list.encoding());
        assertEquals(values.size(), list.items().size());
        for (int i = 0; i < values.size(); i++) {
            assertArrayEquals(values.get(i), ((Rlp.Bytes) list.items().get(i)).value());
        }
    }

    /** Paths of four nibbles crowd the trie, so that it has every kind of node, embedded ones too. */
    @Property(tries = 2_000)
    void aProofProvesWhatTheTrieHoldsAndNothingElse(@ForAll("crowdedTries") Map<Integer, byte[]> content,
            @ForAll @IntRange(max = 0xffff) int probe) throws InvalidProof {
        var trie = new ReferenceTrie();
        content.forEach((key, value) -> trie.put(path(key), value));
        for (int key : content.keySet()) {
            assertArrayEquals(content.get(key), valueAt(trie, key));
        }
        var proved = new MerklePatriciaProof(trie.proof(path(probe))).valueAt(trie.root(), path(probe));
        assertEquals(content.containsKey(probe), proved.isPresent());
    }

    @Property(tries = 2_000)
    void noProofHoldsUnderTheRootOfAnotherContent(@ForAll("crowdedTries") Map<Integer, byte[]> content,
            @ForAll @IntRange(max = 0xffff) int added, @ForAll @Size(min = 1, max = 33) byte[] value) {
        var before = new ReferenceTrie();
        var after = new ReferenceTrie();
        content.forEach((key, held) -> {
            before.put(path(key), held);
            after.put(path(key), held);
        });
        after.put(path(added), value);
        if (!before.root().equals(after.root())) {
            assertThrows(InvalidProof.class, () ->
                    new MerklePatriciaProof(before.proof(path(added))).valueAt(after.root(), path(added)));
        }
    }

    @Property(tries = 500)
    void anAccountsSlotIsProvedThroughItsStorageRoot(@ForAll @Size(20) byte[] address,
            @ForAll @Size(32) byte[] slot, @ForAll @BigRange(min = "1") BigInteger content,
            @ForAll @IntRange(max = 40) int others) throws InvalidProof {
        BigInteger value = content.mod(BigInteger.ONE.shiftLeft(256)).max(BigInteger.ONE);
        var storage = new ReferenceTrie().put(hashed(slot), Rlp.encodeBytes(Quantity.minimalBytes(value)));
        for (int i = 0; i < others; i++) {
            storage.put(hashed(new byte[] {(byte) i}), new byte[] {1});
        }
        var state = new ReferenceTrie().put(hashed(address), account(storage.root()));
        for (int i = 0; i < others; i++) {
            state.put(hashed(new byte[] {1, (byte) i}), account(Keccak.hash()));
        }
        var proof = new AccountProof(new MerklePatriciaProof(state.proof(hashed(address))),
                new MerklePatriciaProof(storage.proof(hashed(slot))));
        var outcome = (AccountProof.Outcome.Value)
                proof.verify(state.root(), Address.of(address), Bytes32.of(slot));
        assertEquals(value, outcome.slot().toUnsigned());
    }

    @Property
    void aQuantityIsReadBackAsWritten(@ForAll @BigRange(min = "0") BigInteger number) {
        BigInteger value = number.mod(BigInteger.ONE.shiftLeft(256));
        assertEquals(value, Quantity.parse("0x" + value.toString(16)).orElseThrow());
        assertTrue(Quantity.parse("0x0" + value.toString(16)).isEmpty());
    }

    @Property
    void hexPrefixSurvives(@ForAll @Size(max = 64) List<@IntRange(max = 15) Integer> digits, @ForAll boolean leaf)
            throws InvalidProof {
        byte[] nibbles = new byte[digits.size()];
        for (int i = 0; i < nibbles.length; i++) {
            nibbles[i] = digits.get(i).byteValue();
        }
        var part = Nibbles.decodeCompact(ReferenceTrie.compact(nibbles, leaf));
        assertArrayEquals(nibbles, part.nibbles());
        assertEquals(leaf, part.leaf());
    }

    @Provide
    Arbitrary<Map<Integer, byte[]>> crowdedTries() {
        Arbitrary<Integer> keys = Arbitraries.oneOf(Arbitraries.integers().between(0, 0xffff),
                Arbitraries.integers().between(0x1230, 0x1260), Arbitraries.of(0x1234, 0x1235, 0x1335));
        Arbitrary<byte[]> values = Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(40);
        return Arbitraries.maps(keys, values).ofMinSize(1).ofMaxSize(30);
    }

    private static byte[] valueAt(ReferenceTrie trie, int key) throws InvalidProof {
        return new MerklePatriciaProof(trie.proof(path(key))).valueAt(trie.root(), path(key)).orElseThrow();
    }

    private static byte[] account(Bytes32 storageRoot) {
        return Rlp.encodeList(List.of(Rlp.encodeBytes(new byte[] {1}), Rlp.encodeBytes(new byte[0]),
                Rlp.encodeBytes(storageRoot.bytes()), Rlp.encodeBytes(Keccak.hash().bytes())));
    }

    private static byte[] hashed(byte[] key) {
        return Nibbles.of(Keccak.hash(key).bytes());
    }

    private static byte[] path(int key) {
        return Nibbles.of(new byte[] {(byte) (key >> 8), (byte) key});
    }
}
