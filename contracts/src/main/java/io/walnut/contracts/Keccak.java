package io.walnut.contracts;

import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256 as Ethereum uses it (the original padding, not SHA-3's). */
public final class Keccak {

    private Keccak() {
    }

    /** The hash of the concatenation of {@code parts}. */
    public static Bytes32 hash(byte[]... parts) {
        var digest = new KeccakDigest(256);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] out = new byte[Bytes32.LENGTH];
        digest.doFinal(out, 0);
        return Bytes32.of(out);
    }
}
