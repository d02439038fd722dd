package io.walnut.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The Merkle tree over a deposit's notes, node for node the tree that npm
 * {@code @openzeppelin/merkle-tree}'s {@code StandardMerkleTree} builds, so that an auditor can check
 * it with that tool.
 */
public final class NoteTree {

    /** The most notes behind one root. */
    public static final int MAX_NOTES = 500;

    private final Bytes32[] nodes;
    private final int[] positions;

    private NoteTree(Bytes32[] nodes, int[] positions) {
        this.nodes = nodes;
        this.positions = positions;
    }

    /**
     * @param notes 1 to {@value #MAX_NOTES}, in any order
     * @throws IllegalArgumentException for another number of notes
     */
    public static NoteTree of(List<Note> notes) {
        int count = notes.size();
        if (count < 1 || count > MAX_NOTES) {
            throw new IllegalArgumentException("a tree holds 1 to " + MAX_NOTES + " notes, not " + count);
        }
        Bytes32[] leaves = notes.stream().map(Note::leaf).toArray(Bytes32[]::new);
        int[] sorted = IntStream.range(0, count).boxed()
                .sorted((a, b) -> leaves[a].compareTo(leaves[b]))
                .mapToInt(Integer::intValue).toArray();
        var nodes = new Bytes32[2 * count - 1];
        var positions = new int[count];
        for (int i = 0; i < count; i++) {
            positions[sorted[i]] = nodes.length - 1 - i;
            nodes[nodes.length - 1 - i] = leaves[sorted[i]];
        }
        for (int i = count - 2; i >= 0; i--) {
            nodes[i] = pair(nodes[2 * i + 1], nodes[2 * i + 2]);
        }
        return new NoteTree(nodes, positions);
    }

    public Bytes32 root() {
        return nodes[0];
    }

    /** The sibling hashes from the leaf of note {@code index} (in the order given) up to the root. */
    public List<Bytes32> path(int index) {
        var path = new ArrayList<Bytes32>();
        for (int i = positions[index]; i > 0; i = (i - 1) / 2) {
            path.add(nodes[i % 2 == 0 ? i - 1 : i + 1]);
        }
        return path;
    }

    /** Whether {@code path} leads from {@code leaf} to {@code root}. */
    public static boolean verifies(Bytes32 root, Bytes32 leaf, List<Bytes32> path) {
        Bytes32 node = leaf;
        for (Bytes32 sibling : path) {
            node = pair(node, sibling);
        }
        return node.equals(root);
    }

    private static Bytes32 pair(Bytes32 a, Bytes32 b) {
        return a.compareTo(b) < 0 ? Keccak.hash(a.bytes(), b.bytes()) : Keccak.hash(b.bytes(), a.bytes());
    }
}
