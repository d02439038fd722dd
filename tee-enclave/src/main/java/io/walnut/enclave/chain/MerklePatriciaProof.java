package io.walnut.enclave.chain;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Keccak;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A path through a secure Merkle-Patricia trie (keys are hashed), as {@code eth_getProof} gives it: the
 * encoded nodes from the root down. Each node must hash to the reference in its parent, except that a
 * node shorter than 32 bytes stands inside its parent; some clients list such a node once more, which is
 * allowed if it is the same.
 *
 * <p>Limits: {@value #MAX_NODES} nodes (one a nibble and a last leaf), each as {@link Rlp} limits it.
 *
 * @param nodes from the root down; those after the end of the path make the proof invalid
 */
public record MerklePatriciaProof(List<byte[]> nodes) {

    public static final int MAX_NODES = 65;

    private static final byte[] EMPTY_TRIE = {(byte) 0x80};
    private static final Bytes32 EMPTY_ROOT = Keccak.hash(EMPTY_TRIE);
    private static final int HASH_LENGTH = 32;
    private static final int BRANCH_ITEMS = 17;
    private static final int SHORT_NODE_ITEMS = 2;

    /**
     * What the trie under {@code root} holds for {@code key}.
     *
     * @param key not hashed: an address or a storage slot
     * @return the value; empty when the nodes prove that there is none
     * @throws InvalidProof when they prove neither
     */
    public Optional<byte[]> valueOf(Bytes32 root, byte[] key) throws InvalidProof {
        return valueAt(root, Nibbles.of(Keccak.hash(key).bytes()));
    }

    /** @param path of nibbles; all paths of a trie have one length */
    Optional<byte[]> valueAt(Bytes32 root, byte[] path) throws InvalidProof {
        if (nodes.size() > MAX_NODES) {
            throw new InvalidProof();
        }
        if (root.equals(EMPTY_ROOT)) {
            return ofEmptyTrie();
        }
        try {
            return new Walk(path).from(root);
        } catch (MalformedRlp e) {
            throw new InvalidProof();
        }
    }

    private Optional<byte[]> ofEmptyTrie() throws InvalidProof {
        boolean proved = nodes.isEmpty() || nodes.size() == 1 && Arrays.equals(nodes.get(0), EMPTY_TRIE);
        if (!proved) {
            throw new InvalidProof();
        }
        return Optional.empty();
    }

    /** What one node says of the path. */
    private sealed interface Step {

        record Absent() implements Step {
        }

        record Found(byte[] value) implements Step {
        }

        record Down(Rlp child) implements Step {
        }
    }

    /** One descent: how far it has come in the proof and in the path. */
    private final class Walk {

        private final byte[] path;
        private int nibble;
        private int used;

        Walk(byte[] path) {
            this.path = path;
        }

        Optional<byte[]> from(Bytes32 root) throws InvalidProof, MalformedRlp {
            Rlp reference = new Rlp.Bytes(root.bytes());
            while (true) {
                List<Rlp> node = resolve(reference);
                switch (node.size() == BRANCH_ITEMS ? branch(node) : shortNode(node)) {
                    case Step.Absent() -> {
                        return ended(Optional.empty());
                    }
                    case Step.Found(byte[] value) -> {
                        return ended(Optional.of(value));
                    }
                    case Step.Down(Rlp child) -> reference = child;
                }
            }
        }

        private List<Rlp> resolve(Rlp reference) throws InvalidProof, MalformedRlp {
            return switch (reference) {
                case Rlp.Bytes hash -> items(Rlp.decode(nodeWith(hash.value())));
                case Rlp.Sequence embedded -> {
                    if (embedded.encoding().length >= HASH_LENGTH) {
                        throw new InvalidProof();
                    }
                    skipRepetition(embedded.encoding());
                    yield items(embedded);
                }
            };
        }

        private byte[] nodeWith(byte[] hash) throws InvalidProof {
            if (hash.length != HASH_LENGTH || used == nodes.size()) {
                throw new InvalidProof();
            }
            byte[] node = nodes.get(used++);
            // The root is hashed whatever its length; a shorter node elsewhere would be embedded.
            boolean tooShort = used > 1 && node.length < HASH_LENGTH;
            if (tooShort || !Arrays.equals(Keccak.hash(node).bytes(), hash)) {
                throw new InvalidProof();
            }
            return node;
        }

        private void skipRepetition(byte[] embedded) {
            if (used < nodes.size() && Arrays.equals(nodes.get(used), embedded)) {
                used++;
            }
        }

        private List<Rlp> items(Rlp node) throws InvalidProof {
            if (node instanceof Rlp.Sequence sequence
                    && (sequence.items().size() == BRANCH_ITEMS || sequence.items().size() == SHORT_NODE_ITEMS)) {
                return sequence.items();
            }
            throw new InvalidProof();
        }

        /** Keys have one length, so a branch is never at the end of a path and never holds a value. */
        private Step branch(List<Rlp> node) throws InvalidProof {
            if (nibble == path.length || !isEmpty(node.get(BRANCH_ITEMS - 1))) {
                throw new InvalidProof();
            }
            Rlp child = node.get(path[nibble++]);
            return isEmpty(child) ? new Step.Absent() : new Step.Down(child);
        }

        private Step shortNode(List<Rlp> node) throws InvalidProof {
            if (!(node.get(0) instanceof Rlp.Bytes compact)) {
                throw new InvalidProof();
            }
            Nibbles.Compact part = Nibbles.decodeCompact(compact.value());
            int length = part.nibbles().length;
            int left = path.length - nibble;
            boolean possible = part.leaf() ? length == left : length > 0 && length < left;
            if (!possible) {
                throw new InvalidProof();
            }
            if (!Arrays.equals(part.nibbles(), 0, length, path, nibble, nibble + length)) {
                return new Step.Absent();
            }
            nibble += length;
            return part.leaf() ? new Step.Found(value(node.get(1))) : new Step.Down(node.get(1));
        }

        private byte[] value(Rlp item) throws InvalidProof {
            if (item instanceof Rlp.Bytes bytes && bytes.value().length > 0) {
                return bytes.value();
            }
            throw new InvalidProof();
        }

        private <T> T ended(T outcome) throws InvalidProof {
            if (used != nodes.size()) {
                throw new InvalidProof();
            }
            return outcome;
        }

        private boolean isEmpty(Rlp item) {
            return item instanceof Rlp.Bytes bytes && bytes.value().length == 0;
        }
    }
}
