package io.walnut.contracts;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** {@link Secp256k1} by BouncyCastle's lightweight classes, without a JCA provider. */
final class BouncyCastleSecp256k1 implements Secp256k1 {

    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
    private static final BigInteger FIELD = CURVE.getCurve().getField().getCharacteristic();
    private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);

    @Override
    public Address address(byte[] key) {
        return Address.ofPublicKey(publicKey(scalar(key)).getEncoded(false));
    }

    @Override
    public SigningKey open(byte[] key) {
        return new BouncyCastleSigningKey(scalar(key));
    }

    @Override
    public Signature sign(Bytes32 digest, byte[] key) {
        try (SigningKey opened = open(key)) {
            return opened.sign(digest);
        }
    }

    private final class BouncyCastleSigningKey implements SigningKey {

        private final Address address;
        private final ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));

        BouncyCastleSigningKey(BigInteger d) {
            address = Address.ofPublicKey(publicKey(d).getEncoded(false));
            signer.init(true, new ECPrivateKeyParameters(d, DOMAIN));
        }

        @Override
        public Address address() {
            return address;
        }

        @Override
        public Signature sign(Bytes32 digest) {
            BigInteger[] rs = signer.generateSignature(digest.bytes());
            BigInteger lowS = rs[1].compareTo(HALF_ORDER) > 0 ? ORDER.subtract(rs[1]) : rs[1];
            byte[] bytes = new Words().word(rs[0]).word(lowS).bytes();
            for (int yParity = 0; yParity < 2; yParity++) {
                Signature signature = Signature.of(bytes, yParity);
                if (recover(digest, signature).equals(Optional.of(address))) {
                    return signature;
                }
            }
            throw new IllegalStateException("the signature does not recover to its key");
        }

        /** The key is a {@code BigInteger} here, which cannot be wiped. */
        @Override
        public void close() {
        }

        @Override
        public String toString() {
            return "SigningKey[redacted]";
        }
    }

    @Override
    public Optional<Address> recover(Bytes32 digest, Signature signature) {
        BigInteger r = signature.r().toUnsigned();
        BigInteger s = signature.s();
        if (!isScalar(r) || !isScalar(s)) {
            return Optional.empty();
        }
        // SEC 1 §4.1.6. r + n is left out: it is below the field's size for one signature in 2^127.
        return liftX(r, signature.yParity()).map(point -> {
            BigInteger inverse = r.modInverse(ORDER);
            BigInteger u1 = digest.toUnsigned().negate().multiply(inverse).mod(ORDER);
            BigInteger u2 = s.multiply(inverse).mod(ORDER);
            return ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), u1, point, u2).normalize();
        }).filter(key -> !key.isInfinity()).map(key -> Address.ofPublicKey(key.getEncoded(false)));
    }

    private static Optional<ECPoint> liftX(BigInteger x, int yParity) {
        byte[] compressed = new byte[33];
        compressed[0] = (byte) (2 + yParity);
        System.arraycopy(Words.unsigned(x.mod(FIELD), 32), 0, compressed, 1, 32);
        try {
            return Optional.of(CURVE.getCurve().decodePoint(compressed));
        } catch (IllegalArgumentException notOnCurve) {
            return Optional.empty();
        }
    }

    private static ECPoint publicKey(BigInteger d) {
        return new FixedPointCombMultiplier().multiply(CURVE.getG(), d).normalize();
    }

    private static BigInteger scalar(byte[] key) {
        var scalar = new BigInteger(1, key);
        if (key.length != 32 || !isScalar(scalar)) {
            throw new IllegalArgumentException("not a secp256k1 key: it must be 32 bytes, 1 to order - 1");
        }
        return scalar;
    }

    private static boolean isScalar(BigInteger value) {
        return value.signum() > 0 && value.compareTo(ORDER) < 0;
    }
}
