package io.walnut.ejb.iexec.result;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Packs results as a worker does, and as a malicious one would. */
final class Archives {

    private Archives() {
    }

    static byte[] zip(Map<String, byte[]> files) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] outer(byte[] wrappedKey, byte[] body) {
        return zip(Map.of("aes-key.rsa", wrappedKey, "iexec_out.zip.aes", body));
    }

    static byte[] encrypted(byte[] inner, ResultKey key) {
        try {
            byte[] aesKey = new byte[32];
            return outer(wrap(aesKey, key), aes(inner, aesKey));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] wrap(byte[] aesKey, ResultKey key) throws GeneralSecurityException {
        String base64 = key.publicKeyPem().replaceAll("-----.*-----", "");
        var spec = new X509EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
        var rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        rsa.init(Cipher.ENCRYPT_MODE, (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec));
        return rsa.doFinal(aesKey);
    }

    static byte[] aes(byte[] plain, byte[] aesKey) throws GeneralSecurityException {
        var aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(aesKey, "AES"), new IvParameterSpec(new byte[16]));
        byte[] body = aes.doFinal(plain);
        byte[] all = new byte[16 + body.length];
        System.arraycopy(body, 0, all, 16, body.length);
        return all;
    }
}
