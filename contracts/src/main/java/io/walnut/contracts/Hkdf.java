package io.walnut.contracts;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF (RFC 5869) and HMAC with SHA-256. Java has a KDF interface of its own only from 25 on. */
public final class Hkdf {

    private static final String HMAC = "HmacSHA256";
    private static final int HASH_LENGTH = 32;

    private Hkdf() {
    }

    /**
     * @param length 1 to 8,160 bytes
     * @return {@code length} bytes, the caller's to wipe
     */
    public static byte[] derive(byte[] salt, byte[] secret, byte[] info, int length) {
        if (length < 1 || length > 255 * HASH_LENGTH) {
            throw new IllegalArgumentException("HKDF gives 1 to 8160 bytes, not " + length);
        }
        byte[] key = hmac(salt, secret);
        byte[] okm = new byte[length];
        byte[] block = new byte[0];
        try {
            for (int at = 0, counter = 1; at < length; at += HASH_LENGTH, counter++) {
                byte[] previous = block;
                block = hmac(key, previous, info, new byte[] {(byte) counter});
                Arrays.fill(previous, (byte) 0);
                System.arraycopy(block, 0, okm, at, Math.min(HASH_LENGTH, length - at));
            }
            return okm;
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(block, (byte) 0);
        }
    }

    /** HMAC-SHA-256 of the concatenation of {@code parts}. */
    public static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + HMAC, e);
        }
    }
}
