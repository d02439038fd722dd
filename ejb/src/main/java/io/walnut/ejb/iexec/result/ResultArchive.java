package io.walnut.ejb.iexec.result;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens an encrypted result: a zip with {@code aes-key.rsa} (RSA, PKCS #1 v1.5, of a 32-byte key) and
 * {@code iexec_out.zip.aes} (16-byte IV, AES-256-CBC, PKCS #7), which holds a zip of what the enclave wrote.
 *
 * <p>CBC without a MAC and PKCS #1 v1.5 are the network's formats. Whoever can ask repeatedly whether some
 * bytes decrypt could read others' results, so every failure after the outer zip is one and the same
 * refusal, and a wrong RSA padding is carried on with a random key rather than reported. What the result
 * says is only believed for the enclave's signatures in it.
 */
public final class ResultArchive {

    /** 500 vouchers take about 130 kB; logs may come with them. */
    public static final int MAX_ARCHIVE_LENGTH = 16 << 20;
    private static final int MAX_OUTPUT_LENGTH = 16 << 20;
    private static final int MAX_KEY_LENGTH = 1_024;
    private static final int AES_KEY_LENGTH = 32;
    private static final int BLOCK = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ResultArchive() {
    }

    /** What opening gave. */
    public sealed interface Opened {

        /** @param files path in the enclave's output directory to content */
        record Files(Map<String, byte[]> files) implements Opened {
        }

        /** @param message one line; the same for all failures of one code */
        record Unreadable(Code code, String message) implements Opened {
        }
    }

    /** Stable. */
    public enum Code {
        /** Not an archive of an encrypted result; perhaps the deal did not ask for encryption. */
        RESULT_MALFORMED,
        /** Not encrypted to this key, or damaged. */
        RESULT_NOT_DECRYPTABLE
    }

    /** @param archive as the gateway gave it */
    public static Opened open(byte[] archive, ResultKey key) {
        if (archive.length > MAX_ARCHIVE_LENGTH) {
            return malformed("longer than " + MAX_ARCHIVE_LENGTH + " bytes");
        }
        Map<String, byte[]> outer;
        try {
            outer = BoundedZip.read(archive, MAX_ARCHIVE_LENGTH);
        } catch (MalformedArchive e) {
            return malformed(e.getMessage());
        }
        byte[] wrappedKey = outer.get("aes-key.rsa");
        byte[] encrypted = outer.get("iexec_out.zip.aes");
        if (wrappedKey == null || encrypted == null) {
            return malformed("aes-key.rsa or iexec_out.zip.aes is not in it");
        }
        if (wrappedKey.length > MAX_KEY_LENGTH || encrypted.length < 2 * BLOCK || encrypted.length % BLOCK != 0) {
            return malformed("aes-key.rsa or iexec_out.zip.aes has an impossible length");
        }
        byte[] aesKey = unwrap(wrappedKey, key);
        try {
            return new Opened.Files(BoundedZip.read(decrypt(encrypted, aesKey), MAX_OUTPUT_LENGTH));
        } catch (GeneralSecurityException | MalformedArchive e) {
            return new Opened.Unreadable(Code.RESULT_NOT_DECRYPTABLE,
                    "the result is damaged or was encrypted to another key than the one given");
        } finally {
            Arrays.fill(aesKey, (byte) 0);
        }
    }

    private static Opened malformed(String why) {
        return new Opened.Unreadable(Code.RESULT_MALFORMED, "not an encrypted iExec result: " + why);
    }

    private static byte[] unwrap(byte[] wrapped, ResultKey key) {
        byte[] instead = new byte[AES_KEY_LENGTH];
        RANDOM.nextBytes(instead);
        try {
            var rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            rsa.init(Cipher.DECRYPT_MODE, key.privateKey());
            byte[] unwrapped = rsa.doFinal(wrapped);
            return unwrapped.length == AES_KEY_LENGTH ? unwrapped : instead;
        } catch (GeneralSecurityException e) {
            return instead;
        }
    }

    private static byte[] decrypt(byte[] encrypted, byte[] aesKey) throws GeneralSecurityException {
        var aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
        aes.init(Cipher.DECRYPT_MODE, new SecretKeySpec(aesKey, "AES"), new IvParameterSpec(encrypted, 0, BLOCK));
        return aes.doFinal(encrypted, BLOCK, encrypted.length - BLOCK);
    }
}
