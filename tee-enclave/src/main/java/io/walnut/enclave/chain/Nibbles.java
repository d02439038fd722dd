package io.walnut.enclave.chain;

import java.util.Arrays;

/** Paths of a trie: one half byte per array element. */
final class Nibbles {

    private static final int ODD = 1;
    private static final int LEAF = 2;

    private Nibbles() {
    }

    /** A part of a path, and whether it ends in a leaf. */
    record Compact(byte[] nibbles, boolean leaf) {
    }

    static byte[] of(byte[] bytes) {
        byte[] nibbles = new byte[2 * bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            nibbles[2 * i] = (byte) (bytes[i] >> 4 & 0xf);
            nibbles[2 * i + 1] = (byte) (bytes[i] & 0xf);
        }
        return nibbles;
    }

    /** The yellow paper's hex-prefix encoding, backwards. */
    static Compact decodeCompact(byte[] compact) throws InvalidProof {
        if (compact.length == 0) {
            throw new InvalidProof();
        }
        byte[] nibbles = of(compact);
        int flags = nibbles[0];
        boolean odd = (flags & ODD) != 0;
        if (flags > (ODD | LEAF) || !odd && nibbles[1] != 0) {
            throw new InvalidProof();
        }
        return new Compact(Arrays.copyOfRange(nibbles, odd ? 1 : 2, nibbles.length), (flags & LEAF) != 0);
    }
}
