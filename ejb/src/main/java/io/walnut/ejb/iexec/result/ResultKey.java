package io.walnut.ejb.iexec.result;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/** The beneficiary's RSA key pair that results are encrypted to. */
public final class ResultKey {

    /** What the SDK makes. */
    private static final int BITS = 4_096;
    private static final int MIN_BITS = 2_048;

    private final PrivateKey privateKey;
    private final RSAPublicKey publicKey;

    private ResultKey(PrivateKey privateKey, RSAPublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    public static ResultKey generate() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            KeyPair pair = generator.generateKeyPair();
            return new ResultKey(pair.getPrivate(), (RSAPublicKey) pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    /**
     * @param pkcs8 DER, as {@link #pkcs8} gives it
     * @throws IllegalArgumentException unless it is an RSA private key of at least 2,048 bits
     */
    public static ResultKey of(byte[] pkcs8) {
        try {
            var factory = KeyFactory.getInstance("RSA");
            if (factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)) instanceof RSAPrivateCrtKey key
                    && key.getModulus().bitLength() >= MIN_BITS) {
                var spec = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
                return new ResultKey(key, (RSAPublicKey) factory.generatePublic(spec));
            }
            throw new IllegalArgumentException("the result key has fewer than " + MIN_BITS + " bits");
        } catch (InvalidKeySpecException e) {
            throw new IllegalArgumentException("the result key is no RSA private key in PKCS #8 form");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    /** {@link #of(byte[])} for a PEM file with {@code BEGIN PRIVATE KEY}, which is how the SDK keeps it. */
    public static ResultKey ofPem(String pem) {
        String base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "");
        byte[] der = new byte[0];
        try {
            der = Base64.getMimeDecoder().decode(base64);
            return of(der);
        } finally {
            java.util.Arrays.fill(der, (byte) 0);
        }
    }

    /** The private key, DER. The caller wipes it. */
    public byte[] pkcs8() {
        return privateKey.getEncoded();
    }

    /** SubjectPublicKeyInfo in PEM with lines of 64 characters. */
    public String publicKeyPem() {
        var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN PUBLIC KEY-----\n" + encoder.encodeToString(publicKey.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** What the secret management service stores: base64 of the PEM. */
    public String smsValue() {
        return Base64.getEncoder().encodeToString(publicKeyPem().getBytes(StandardCharsets.US_ASCII));
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    @Override
    public String toString() {
        return "ResultKey[" + publicKey.getModulus().bitLength() + " bits]";
    }
}
