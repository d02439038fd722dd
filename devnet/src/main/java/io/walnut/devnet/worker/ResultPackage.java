package io.walnut.devnet.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SequencedMap;
import java.util.LinkedHashMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Packs, encrypts and digests what an app wrote, in iExec's formats. */
final class ResultPackage {

    private static final int IV = 16;
    private static final int KEY = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ResultPackage() {
    }

    /** A zip of the folder's files with their paths below it. */
    static byte[] zip(Path folder) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return zip(files);
    }

    /**
     * The zip that only the holder of the RSA key opens: {@code aes-key.rsa}, a fresh key under RSA PKCS#1
     * v1.5, and {@code iexec_out.zip.aes}, IV and AES-256-CBC of {@code zip}.
     *
     * @param key base64 of the PEM text of an RSA public key, as the SMS keeps it
     */
    static byte[] encrypt(byte[] zip, byte[] key) throws IOException, GeneralSecurityException {
        byte[] aesKey = random(KEY);
        byte[] iv = random(IV);
        try {
            Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(aesKey, "AES"), new IvParameterSpec(iv));
            Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            rsa.init(Cipher.ENCRYPT_MODE, publicKey(key));
            var files = new LinkedHashMap<String, byte[]>();
            files.put("aes-key.rsa", rsa.doFinal(aesKey));
            files.put("iexec_out.zip.aes", concat(iv, aes.doFinal(zip)));
            return zip(files);
        } finally {
            Arrays.fill(aesKey, (byte) 0);
        }
    }

    /** SHA-256 of a file; of a folder, SHA-256 over the digests of its files in the order of their names. */
    static byte[] digest(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return sha256(Files.readAllBytes(path));
        }
        var digests = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.sorted().toList()) {
                digests.writeBytes(digest(file));
            }
        }
        return sha256(digests.toByteArray());
    }

    /** IV and AES-256-CBC of a dataset, opened. */
    static byte[] decryptDataset(byte[] encrypted, byte[] base64Key) throws GeneralSecurityException {
        byte[] key = Base64.getMimeDecoder().decode(base64Key);
        try {
            Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
            aes.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(encrypted, 0, IV));
            return aes.doFinal(encrypted, IV, encrypted.length - IV);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] zip(SequencedMap<String, byte[]> files) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static PublicKey publicKey(byte[] base64OfPem) throws GeneralSecurityException {
        String pem = new String(Base64.getMimeDecoder().decode(base64OfPem), StandardCharsets.US_ASCII);
        List<String> body = pem.lines().filter(line -> !line.startsWith("-----")).toList();
        byte[] der = Base64.getMimeDecoder().decode(String.join("", body));
        return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
