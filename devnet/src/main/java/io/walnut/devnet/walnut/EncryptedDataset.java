package io.walnut.devnet.walnut;

import io.walnut.contracts.Bytes32;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A dataset in iExec's form.
 *
 * @param file IV and AES-256-CBC
 * @param checksum SHA-256 of {@code file}
 * @param base64Key what the SMS keeps
 */
record EncryptedDataset(byte[] file, Bytes32 checksum, byte[] base64Key) {

    private static final int IV = 16;
    private static final int KEY = 32;

    static EncryptedDataset of(byte[] plain) {
        var random = new SecureRandom();
        byte[] key = new byte[KEY];
        byte[] iv = new byte[IV];
        random.nextBytes(key);
        random.nextBytes(iv);
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            byte[] encrypted = cipher.doFinal(plain);
            byte[] file = Arrays.copyOf(iv, IV + encrypted.length);
            System.arraycopy(encrypted, 0, file, IV, encrypted.length);
            return new EncryptedDataset(file, Bytes32.of(MessageDigest.getInstance("SHA-256").digest(file)),
                    Base64.getEncoder().encodeToString(key).getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
