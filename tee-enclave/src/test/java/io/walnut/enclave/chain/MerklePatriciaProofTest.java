package io.walnut.enclave.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Keccak;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerklePatriciaProofTest {

    private static final Bytes32 EMPTY_ROOT =
            Bytes32.parse("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");

    /** Roots that the Ethereum test suite and documentation publish, so that the reference can be relied on. */
    @Test
    void theReferenceTrieGivesPublishedRoots() {
        assertEquals(EMPTY_ROOT, new ReferenceTrie().root());
        assertEquals("0x5991bb8c6514148a29db676a14ac506cd2cd5775ace63c30a4fe457715e9ac84",
                text("do", "verb", "dog", "puppy", "doge", "coin", "horse", "stallion").root().toString());
        assertEquals("0x8aad789dff2f538bca5d8ea56e8abe10f4c7ba3a5dea95fea4cd6e7c3a1168d3",
                text("doe", "reindeer", "dog", "puppy", "dogglesworth", "cat").root().toString());
    }

    @Test
    void everyKeyOfATrieIsProvedAndEveryOtherIsDisproved() throws InvalidProof {
        var trie = new ReferenceTrie();
        for (int i = 0; i < 300; i++) {
            trie.put(path(i), value(i));
        }
        for (int i = 0; i < 300; i++) {
            assertArrayEquals(value(i), proof(trie, path(i)).valueAt(trie.root(), path(i)).orElseThrow());
        }
        for (int i = 300; i < 600; i++) {
            assertTrue(proof(trie, path(i)).valueAt(trie.root(), path(i)).isEmpty());
        }
    }

    @Test
    void aTrieOfOneLeafProvesItAndDisprovesAllElse() throws InvalidProof {
        var trie = new ReferenceTrie().put(path(1), value(1));
        assertArrayEquals(value(1), proof(trie, path(1)).valueAt(trie.root(), path(1)).orElseThrow());
        assertTrue(proof(trie, path(2)).valueAt(trie.root(), path(2)).isEmpty());
    }

    @Test
    void anEmptyTrieDisprovesEverythingWithNoNodeOrItsOne() throws InvalidProof {
        assertTrue(new MerklePatriciaProof(List.of()).valueAt(EMPTY_ROOT, path(1)).isEmpty());
        assertTrue(new MerklePatriciaProof(List.of(new byte[] {(byte) 0x80})).valueAt(EMPTY_ROOT, path(1)).isEmpty());
        assertInvalid(List.of(new byte[] {1}), EMPTY_ROOT, path(1));
        assertInvalid(List.of(new byte[] {(byte) 0x80}, new byte[] {(byte) 0x80}), EMPTY_ROOT, path(1));
    }

    @Test
    void noNodesProveNothingOfATrieThatIsNotEmpty() {
        var trie = new ReferenceTrie().put(path(1), value(1));
        assertInvalid(List.of(), trie.root(), path(1));
        assertInvalid(List.of(new byte[] {(byte) 0x80}), trie.root(), path(1));
    }

    /** Short paths and values, so that leaves and branches stand inside their parents. */
    @Test
    void embeddedNodesAreFollowedWithOrWithoutBeingRepeated() throws InvalidProof {
        var trie = new ReferenceTrie()
                .put(nibbles("1234"), new byte[] {5}).put(nibbles("1235"), new byte[] {6})
                .put(nibbles("a234"), value(7));
        List<byte[]> hashed = trie.proof(nibbles("1235"));
        assertEquals(1, hashed.size());
        assertArrayEquals(new byte[] {6}, at(hashed, trie, "1235"));
        assertTrue(new MerklePatriciaProof(hashed).valueAt(trie.root(), nibbles("1236")).isEmpty());
        assertTrue(new MerklePatriciaProof(hashed).valueAt(trie.root(), nibbles("1334")).isEmpty());

        byte[] leaf = Rlp.encodeList(List.of(Rlp.encodeBytes(ReferenceTrie.compact(new byte[0], true)),
                Rlp.encodeBytes(new byte[] {6})));
        var branchItems = new ArrayList<byte[]>(java.util.Collections.nCopies(17, new byte[] {(byte) 0x80}));
        branchItems.set(4, Rlp.encodeList(List.of(new byte[] {0x20}, new byte[] {5})));
        branchItems.set(5, leaf);
        byte[] branch = Rlp.encodeList(branchItems);
        byte[] extension = Rlp.encodeList(List.of(
                Rlp.encodeBytes(ReferenceTrie.compact(nibbles("23"), false)), branch));
        assertTrue(extension.length < 32);
        assertArrayEquals(new byte[] {6},
                at(List.of(hashed.get(0), extension, branch, leaf), trie, "1235"));
        assertInvalid(List.of(hashed.get(0), new byte[] {(byte) 0xc2, 0x20, 7}), trie.root(), nibbles("1235"));
    }

    @Test
    void everyChangedByteMakesAProofInvalid() {
        var trie = new ReferenceTrie();
        for (int i = 0; i < 40; i++) {
            trie.put(path(i), value(i));
        }
        List<byte[]> nodes = trie.proof(path(3));
        for (int node = 0; node < nodes.size(); node++) {
            for (int at = 0; at < nodes.get(node).length; at++) {
                var tampered = new ArrayList<>(nodes);
                byte[] changed = nodes.get(node).clone();
                changed[at] ^= 1;
                tampered.set(node, changed);
                assertInvalid(tampered, trie.root(), path(3));
            }
        }
    }

    @Test
    void aProofForAnotherKeyProvesNothingUnlessItsNodesAreThisKeysToo() {
        var trie = new ReferenceTrie();
        for (int i = 0; i < 40; i++) {
            trie.put(path(i), value(i));
        }
        int refused = 0;
        for (int i = 1; i < 40; i++) {
            if (trie.proof(path(0)).size() > 1 && path(0)[0] != path(i)[0]) {
                assertInvalid(trie.proof(path(0)), trie.root(), path(i));
                refused++;
            }
        }
        assertTrue(refused > 20);
    }

    @Test
    void aMissingAReorderedOrASurplusNodeMakesAProofInvalid() {
        var trie = new ReferenceTrie();
        for (int i = 0; i < 300; i++) {
            trie.put(path(i), value(i));
        }
        List<byte[]> nodes = trie.proof(path(3));
        assertInvalid(nodes.subList(0, nodes.size() - 1), trie.root(), path(3));
        assertInvalid(nodes.subList(1, nodes.size()), trie.root(), path(3));
        assertInvalid(nodes.reversed(), trie.root(), path(3));
        var surplus = new ArrayList<>(nodes);
        surplus.add(nodes.getLast());
        assertInvalid(surplus, trie.root(), path(3));
    }

    @Test
    void anotherRootMakesAProofInvalid() {
        var trie = new ReferenceTrie().put(path(1), value(1));
        assertInvalid(trie.proof(path(1)), Keccak.hash(new byte[] {1}), path(1));
    }

    /** Nodes that hash to the root but are no trie's: a builder of proofs can choose them freely. */
    @Test
    void wellHashedNodesOfImpossibleShapesAreRefused() {
        byte[] empty = {(byte) 0x80};
        byte[] oversizedEmbedded = Rlp.encodeList(List.of(Rlp.encodeBytes(new byte[20]), Rlp.encodeBytes(new byte[20])));
        for (byte[] root : List.of(
                Rlp.encodeBytes(new byte[40]),
                Rlp.encodeList(List.of()),
                Rlp.encodeList(List.of(empty, empty, empty)),
                // a leaf whose path is too short, too long, empty, or of unknown flags
                Rlp.encodeList(List.of(Rlp.encodeBytes(ReferenceTrie.compact(new byte[3], true)), empty)),
                Rlp.encodeList(List.of(Rlp.encodeBytes(ReferenceTrie.compact(new byte[65], true)), empty)),
                Rlp.encodeList(List.of(empty, empty)),
                Rlp.encodeList(List.of(Rlp.encodeBytes(new byte[] {0x40, 1}), Rlp.encodeBytes(new byte[] {1}))),
                Rlp.encodeList(List.of(Rlp.encodeBytes(new byte[] {0x21 - 0x20 + 0x01, 1}), new byte[] {1})),
                // an extension of no nibbles, or to the end of the path
                Rlp.encodeList(List.of(Rlp.encodeBytes(ReferenceTrie.compact(new byte[0], false)), empty)),
                Rlp.encodeList(List.of(Rlp.encodeBytes(ReferenceTrie.compact(zeros(), false)), empty)),
                // a child that is neither a hash nor embedded
                Rlp.encodeList(List.of(Rlp.encodeBytes(ReferenceTrie.compact(new byte[2], false)),
                        Rlp.encodeBytes(new byte[31]))),
                Rlp.encodeList(List.of(Rlp.encodeBytes(ReferenceTrie.compact(new byte[2], false)), oversizedEmbedded)),
                // a branch with a value of its own
                branchWithValue(),
                // a leaf of the right path that holds nothing, or a list
                Rlp.encodeList(List.of(Rlp.encodeBytes(ReferenceTrie.compact(zeros(), true)), empty)),
                Rlp.encodeList(List.of(Rlp.encodeBytes(ReferenceTrie.compact(zeros(), true)),
                        Rlp.encodeList(List.of()))))) {
            assertInvalid(List.of(root), Keccak.hash(root), zeros());
        }
    }

    @Test
    void aChainOfExtensionsLongerThanTheKeyIsRefused() {
        byte[] node = Rlp.encodeList(List.of(Rlp.encodeBytes(ReferenceTrie.compact(new byte[1], false)),
                Rlp.encodeBytes(new byte[32])));
        var nodes = new ArrayList<byte[]>(List.of(node));
        for (int i = 0; i < MerklePatriciaProof.MAX_NODES + 10; i++) {
            node = Rlp.encodeList(List.of(Rlp.encodeBytes(ReferenceTrie.compact(new byte[1], false)),
                    Rlp.encodeBytes(Keccak.hash(node).bytes())));
            nodes.addFirst(node);
        }
        assertInvalid(nodes, Keccak.hash(node), zeros());
        assertInvalid(nodes.subList(0, MerklePatriciaProof.MAX_NODES), Keccak.hash(node), zeros());
    }

    private static byte[] branchWithValue() {
        var items = new ArrayList<byte[]>(java.util.Collections.nCopies(17, new byte[] {(byte) 0x80}));
        items.set(16, new byte[] {1});
        return Rlp.encodeList(items);
    }

    private static void assertInvalid(List<byte[]> nodes, Bytes32 root, byte[] path) {
        assertThrows(InvalidProof.class, () -> new MerklePatriciaProof(nodes).valueAt(root, path));
    }

    private static MerklePatriciaProof proof(ReferenceTrie trie, byte[] path) {
        return new MerklePatriciaProof(trie.proof(path));
    }

    private static byte[] at(List<byte[]> nodes, ReferenceTrie trie, String path) throws InvalidProof {
        return new MerklePatriciaProof(nodes).valueAt(trie.root(), nibbles(path)).orElseThrow();
    }

    private static ReferenceTrie text(String... pairs) {
        var trie = new ReferenceTrie();
        for (int i = 0; i < pairs.length; i += 2) {
            trie.put(Nibbles.of(pairs[i].getBytes(StandardCharsets.US_ASCII)),
                    pairs[i + 1].getBytes(StandardCharsets.US_ASCII));
        }
        return trie;
    }

    private static byte[] zeros() {
        return new byte[64];
    }

    private static byte[] path(int i) {
        return Nibbles.of(Keccak.hash(new byte[] {(byte) (i >> 8), (byte) i}).bytes());
    }

    private static byte[] value(int i) {
        return Arrays.copyOf(Keccak.hash(new byte[] {9, (byte) (i >> 8), (byte) i}).bytes(), 1 + i % 32);
    }

    private static byte[] nibbles(String hex) {
        return Nibbles.of(HexFormat.of().parseHex(hex));
    }
}
