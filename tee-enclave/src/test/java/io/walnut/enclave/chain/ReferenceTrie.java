package io.walnut.enclave.chain;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Keccak;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Builds a whole Merkle-Patricia trie from its content, straight from the yellow paper's appendix D and
 * as slowly; shares only RLP encoding with the verifier. Its own correctness rests on published roots.
 */
final class ReferenceTrie {

    private final NavigableMap<byte[], byte[]> content = new TreeMap<>(Arrays::compareUnsigned);

    /** @param path of nibbles */
    ReferenceTrie put(byte[] path, byte[] value) {
        content.put(path, value);
        return this;
    }

    Bytes32 root() {
        return Keccak.hash(node(new ArrayList<>(content.keySet()), 0));
    }

    /** The nodes on the way to {@code path} that are hashed, from the root down. */
    List<byte[]> proof(byte[] path) {
        var nodes = new ArrayList<byte[]>();
        List<byte[]> keys = new ArrayList<>(content.keySet());
        int depth = 0;
        while (!keys.isEmpty()) {
            byte[] node = node(keys, depth);
            if (nodes.isEmpty() || node.length >= 32) {
                nodes.add(node);
            }
            int shared = sharedPrefix(keys, depth);
            boolean leaves = keys.size() == 1 || path.length < depth + shared
                    || !Arrays.equals(path, depth, depth + shared, keys.get(0), depth, depth + shared);
            if (leaves) {
                break;
            }
            depth += shared;
            if (shared == 0) {
                keys = below(keys, depth, path[depth]);
                depth++;
            }
        }
        return content.isEmpty() ? List.of() : nodes;
    }

    private byte[] node(List<byte[]> keys, int depth) {
        if (keys.isEmpty()) {
            return Rlp.encodeBytes(new byte[0]);
        }
        if (keys.size() == 1) {
            byte[] key = keys.get(0);
            return Rlp.encodeList(List.of(
                    Rlp.encodeBytes(compact(Arrays.copyOfRange(key, depth, key.length), true)),
                    Rlp.encodeBytes(content.get(key))));
        }
        int shared = sharedPrefix(keys, depth);
        if (shared > 0) {
            return Rlp.encodeList(List.of(
                    Rlp.encodeBytes(compact(Arrays.copyOfRange(keys.get(0), depth, depth + shared), false)),
                    reference(node(keys, depth + shared))));
        }
        return branch(keys, depth);
    }

    private byte[] branch(List<byte[]> keys, int depth) {
        var items = new ArrayList<byte[]>();
        for (byte nibble = 0; nibble < 16; nibble++) {
            List<byte[]> below = below(keys, depth, nibble);
            items.add(below.isEmpty() ? Rlp.encodeBytes(new byte[0]) : reference(node(below, depth + 1)));
        }
        byte[] here = keys.stream().filter(key -> key.length == depth).findFirst().map(content::get)
                .orElse(new byte[0]);
        items.add(Rlp.encodeBytes(here));
        return Rlp.encodeList(items);
    }

    private static byte[] reference(byte[] node) {
        return node.length < 32 ? node : Rlp.encodeBytes(Keccak.hash(node).bytes());
    }

    private static List<byte[]> below(List<byte[]> keys, int depth, byte nibble) {
        return keys.stream().filter(key -> key.length > depth && key[depth] == nibble).toList();
    }

    private static int sharedPrefix(List<byte[]> keys, int depth) {
        byte[] first = keys.get(0);
        int shared = first.length - depth;
        for (byte[] key : keys) {
            int mismatch = Arrays.mismatch(first, depth, first.length, key, depth, key.length);
            shared = Math.min(shared, mismatch < 0 ? first.length - depth : mismatch);
        }
        return keys.size() == 1 ? first.length - depth : shared;
    }

    static byte[] compact(byte[] nibbles, boolean leaf) {
        boolean odd = nibbles.length % 2 == 1;
        byte[] compact = new byte[nibbles.length / 2 + 1];
        compact[0] = (byte) ((leaf ? 0x20 : 0) | (odd ? 0x10 | nibbles[0] : 0));
        for (int i = odd ? 1 : 0, at = 1; i < nibbles.length; i += 2, at++) {
            compact[at] = (byte) (nibbles[i] << 4 | nibbles[i + 1]);
        }
        return compact;
    }
}
