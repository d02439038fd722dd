package io.walnut.ejb.iexec.dataset;

import io.walnut.contracts.Bytes32;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A data set as the network takes it: 16-byte IV, then AES-256-CBC with PKCS #7.
 *
 * @param bytes what is uploaded, public
 * @param checksum SHA-256 of {@code bytes}, recorded on chain
 */
public record EncryptedDataset(byte[] bytes, Bytes32 checksum) {

    public static final int KEY_LENGTH = 32;
    private static final int BLOCK = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A fresh AES key. The caller wipes it. */
    public static byte[] newKey() {
        byte[] key = new byte[KEY_LENGTH];
        RANDOM.nextBytes(key);
        return key;
    }

    /** The key's text at the secret management service: base64. The caller wipes it. */
    public static byte[] smsValue(byte[] key) {
        return Base64.getEncoder().encode(key);
    }

    /** @param key 32 bytes, used for this data set only */
    public static EncryptedDataset encrypt(byte[] plain, byte[] key) {
        byte[] iv = new byte[BLOCK];
        RANDOM.nextBytes(iv);
        try {
            byte[] body = cipher(Cipher.ENCRYPT_MODE, key, iv).doFinal(plain);
            byte[] all = Arrays.copyOf(iv, BLOCK + body.length);
            System.arraycopy(body, 0, all, BLOCK, body.length);
            return new EncryptedDataset(all, checksum(all));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a data set's key has " + KEY_LENGTH + " bytes", e);
        }
    }

    /** For bytes that were encrypted before. */
    public static EncryptedDataset ofBytes(byte[] encrypted) {
        return new EncryptedDataset(encrypted, checksum(encrypted));
    }

    /** @throws GeneralSecurityException when the bytes were not encrypted with this key */
    static byte[] decrypt(byte[] encrypted, byte[] key) throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(encrypted, BLOCK))
                .doFinal(encrypted, BLOCK, encrypted.length - BLOCK);
    }

    private static Cipher cipher(int mode, byte[] key, byte[] iv) throws GeneralSecurityException {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("a data set's key has " + KEY_LENGTH + " bytes");
        }
        var aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
        aes.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        return aes;
    }

    private static Bytes32 checksum(byte[] bytes) {
        try {
            return Bytes32.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
