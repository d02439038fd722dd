package io.walnut.contracts;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Every secret of Walnut from the few that are kept: {@code docs/protocol.md} §1. All arrays returned
 * are the caller's to wipe; {@code BigInteger} copies made on the way to a scalar cannot be.
 */
public final class KeyDerivation {

    public static final int SECRET_LENGTH = 32;

    private static final byte[] SALT = ascii("walnut/v1");
    private static final int WIDE_LENGTH = 48;

    private KeyDerivation() {
    }

    /** @param payment the payment's index in the batch */
    public static byte[] linkSecret(byte[] batchSeed, int payment) {
        return Hkdf.derive(SALT, batchSeed, info("link", payment), SECRET_LENGTH);
    }

    /** @param note the note's index in the link */
    public static byte[] noteKey(byte[] linkSecret, int note) {
        return scalar(Hkdf.derive(SALT, linkSecret, info("note", note), WIDE_LENGTH));
    }

    /** @param deposit the deposit's index in the batch */
    public static byte[] saltKey(byte[] batchSeed, int deposit) {
        return Hkdf.derive(SALT, batchSeed, info("salt", deposit), SECRET_LENGTH);
    }

    /** @param note the note's index in the request */
    public static Bytes32 salt(byte[] saltKey, int note) {
        return Bytes32.of(Hkdf.hmac(saltKey, info("salt", note)));
    }

    /** Hides the result's hash, which the iExec chain shows. */
    public static Bytes32 resultBlinding(byte[] saltKey) {
        return Bytes32.of(Hkdf.hmac(saltKey, ascii("blinding")));
    }

    /** The key of the enclave for one escrow: neither share tells anything of it without the other. */
    public static byte[] signerKey(byte[] shareA, byte[] shareB, EscrowDomain domain) {
        if (shareA.length != SECRET_LENGTH || shareB.length != SECRET_LENGTH) {
            throw new IllegalArgumentException("a key share has 32 bytes");
        }
        byte[] both = ByteBuffer.allocate(2 * SECRET_LENGTH).put(shareA).put(shareB).array();
        byte[] info = ByteBuffer.allocate(6 + 8 + Address.LENGTH)
                .put(ascii("signer")).putLong(domain.chainId()).put(domain.escrow().bytes()).array();
        try {
            return scalar(Hkdf.derive(SALT, both, info, WIDE_LENGTH));
        } finally {
            Arrays.fill(both, (byte) 0);
        }
    }

    /**
     * The key that shows knowledge of one share at the key ceremony. It tells nothing of the signer key.
     *
     * @param share 32 bytes
     * @param role {@code 'a'} or {@code 'b'}
     */
    public static byte[] statementKey(byte[] share, char role, EscrowDomain domain) {
        if (share.length != SECRET_LENGTH) {
            throw new IllegalArgumentException("a key share has 32 bytes");
        }
        byte[] info = ByteBuffer.allocate(9 + 1 + 8 + Address.LENGTH).put(ascii("statement")).put((byte) role)
                .putLong(domain.chainId()).put(domain.escrow().bytes()).array();
        return scalar(Hkdf.derive(SALT, share, info, WIDE_LENGTH));
    }

    private static byte[] scalar(byte[] wide) {
        try {
            BigInteger order = Secp256k1.ORDER;
            BigInteger scalar = new BigInteger(1, wide).mod(order.subtract(BigInteger.ONE)).add(BigInteger.ONE);
            return Words.unsigned(scalar, SECRET_LENGTH);
        } finally {
            Arrays.fill(wide, (byte) 0);
        }
    }

    private static byte[] info(String label, int index) {
        byte[] text = ascii(label);
        return ByteBuffer.allocate(text.length + Integer.BYTES).put(text).putInt(index).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
