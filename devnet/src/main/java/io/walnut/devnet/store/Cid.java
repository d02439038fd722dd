package io.walnut.devnet.store;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The CIDv0 that IPFS gives a file with its default settings: chunks of 256 KiB in UnixFS leaves, and
 * balanced trees of at most 174 links above them.
 *
 * <p>Source: the IPFS specifications of UnixFS, dag-pb and CID.
 */
public final class Cid {

    private static final int CHUNK = 256 * 1024;
    private static final int MAX_LINKS = 174;
    private static final int UNIXFS_FILE = 2;
    private static final byte[] SHA2_256 = {0x12, 0x20};
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /** @param fileSize bytes of the file below this node; {@code total} those of all blocks */
    private record Node(byte[] multihash, long fileSize, long total) {
    }

    private Cid() {
    }

    /** Starts with {@code Qm}. */
    public static String of(byte[] file) {
        List<Node> nodes = new ArrayList<>();
        for (int at = 0; at == 0 || at < file.length; at += CHUNK) {
            nodes.add(leaf(Arrays.copyOfRange(file, at, Math.min(file.length, at + CHUNK))));
        }
        while (nodes.size() > 1) {
            var parents = new ArrayList<Node>();
            for (int at = 0; at < nodes.size(); at += MAX_LINKS) {
                parents.add(parent(nodes.subList(at, Math.min(nodes.size(), at + MAX_LINKS))));
            }
            nodes = parents;
        }
        return base58(nodes.getFirst().multihash());
    }

    private static Node leaf(byte[] chunk) {
        var unixfs = new Protobuf().varint(1, UNIXFS_FILE);
        if (chunk.length > 0) {
            unixfs.bytes(2, chunk);
        }
        unixfs.varint(3, chunk.length);
        return node(new Protobuf().bytes(1, unixfs.toByteArray()).toByteArray(), chunk.length, 0);
    }

    private static Node parent(List<Node> children) {
        var out = new Protobuf();
        long fileSize = children.stream().mapToLong(Node::fileSize).sum();
        var unixfs = new Protobuf().varint(1, UNIXFS_FILE).varint(3, fileSize);
        for (Node child : children) {
            out.bytes(2, new Protobuf().bytes(1, child.multihash()).bytes(2, new byte[0])
                    .varint(3, child.total()).toByteArray());
            unixfs.varint(4, child.fileSize());
        }
        out.bytes(1, unixfs.toByteArray());
        return node(out.toByteArray(), fileSize, children.stream().mapToLong(Node::total).sum());
    }

    private static Node node(byte[] block, long fileSize, long below) {
        byte[] hash = sha256(block);
        byte[] multihash = Arrays.copyOf(SHA2_256, SHA2_256.length + hash.length);
        System.arraycopy(hash, 0, multihash, SHA2_256.length, hash.length);
        return new Node(multihash, fileSize, below + block.length);
    }

    /** A binary multihash or CID as base58 text. */
    static String base58(byte[] bytes) {
        var digits = new StringBuilder();
        var base = BigInteger.valueOf(BASE58.length());
        for (var rest = new BigInteger(1, bytes); rest.signum() > 0; rest = rest.divide(base)) {
            digits.append(BASE58.charAt(rest.mod(base).intValue()));
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            digits.append(BASE58.charAt(0));
        }
        return digits.reverse().toString();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The two wire types that dag-pb and UnixFS use. */
    private static final class Protobuf {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Protobuf varint(int field, long value) {
            raw(field << 3);
            raw(value);
            return this;
        }

        Protobuf bytes(int field, byte[] value) {
            raw(field << 3 | 2);
            raw(value.length);
            out.writeBytes(value);
            return this;
        }

        byte[] toByteArray() {
            return out.toByteArray();
        }

        private void raw(long value) {
            long rest = value;
            while (rest >= 0x80) {
                out.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
