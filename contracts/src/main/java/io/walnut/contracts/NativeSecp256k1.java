package io.walnut.contracts;

import fr.acinq.secp256k1.Secp256k1CFunctions;
import fr.acinq.secp256k1.Secp256k1Exception;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** {@link Secp256k1} by libsecp256k1 through JNI. */
final class NativeSecp256k1 implements Secp256k1 {

    private final long context;

    NativeSecp256k1() {
        try {
            context = NativeLibrary.Context.HANDLE;
        } catch (LinkageError | RuntimeException e) {
            throw new IllegalStateException("libsecp256k1 cannot be loaded on this machine", e);
        }
    }

    @Override
    public Address address(byte[] key) {
        return Address.ofPublicKey(publicKey(key));
    }

    @Override
    public SigningKey open(byte[] key) {
        return new NativeSigningKey(context, key.clone(), publicKey(key));
    }

    @Override
    public Signature sign(Bytes32 digest, byte[] key) {
        try (SigningKey opened = open(key)) {
            return opened.sign(digest);
        }
    }

    @Override
    public Optional<Address> recover(Bytes32 digest, Signature signature) {
        try {
            byte[] publicKey = Secp256k1CFunctions.secp256k1_ecdsa_recover(
                    context, signature.rs(), digest.bytes(), signature.yParity());
            return Optional.of(Address.ofPublicKey(publicKey));
        } catch (Secp256k1Exception e) {
            return Optional.empty();
        }
    }

    private byte[] publicKey(byte[] key) {
        if (key.length != 32 || Secp256k1CFunctions.secp256k1_ec_seckey_verify(context, key) != 1) {
            throw new IllegalArgumentException("not a secp256k1 key: it must be 32 bytes, 1 to order - 1");
        }
        return Secp256k1CFunctions.secp256k1_ec_pubkey_create(context, key);
    }

    /** A key with its public key, so that signing much does not derive it each time. */
    private record NativeSigningKey(long context, byte[] key, byte[] publicKey) implements SigningKey {

        @Override
        public Address address() {
            return Address.ofPublicKey(publicKey);
        }

        @Override
        public Signature sign(Bytes32 digest) {
            byte[] hash = digest.bytes();
            byte[] rs = Secp256k1CFunctions.secp256k1_ecdsa_sign(context, hash, key, null);
            byte[] point = noncePoint(rs, Words.unsigned(digest.toUnsigned().mod(ORDER), 32));
            // Equal to the verification equation, with the private key in the public one's place.
            if (!Arrays.equals(point, 1, 33, rs, 0, 32)) {
                throw new IllegalStateException("the signature does not hold for its key");
            }
            return Signature.of(rs, point[64] & 1);
        }

        /**
         * R = k·G with k = (z + r·d) / s: its x is to be r, and the parity of its y is what the binding does not
         * tell. That costs less than half of recovering the key once or twice. The nonce k is as secret
         * as the key, and is wiped as the key is.
         */
        private byte[] noncePoint(byte[] rs, byte[] z) {
            byte[] inverse = Words.unsigned(
                    new BigInteger(1, Arrays.copyOfRange(rs, 32, 64)).modInverse(ORDER), 32);
            byte[] product = null;
            byte[] sum = null;
            byte[] nonce = null;
            try {
                product = Secp256k1CFunctions.secp256k1_ec_seckey_tweak_mul(
                        context, key.clone(), Arrays.copyOf(rs, 32));
                sum = Secp256k1CFunctions.secp256k1_ec_seckey_tweak_add(context, product, z);
                nonce = Secp256k1CFunctions.secp256k1_ec_seckey_tweak_mul(context, sum, inverse);
                return Secp256k1CFunctions.secp256k1_ec_pubkey_create(context, nonce);
            } catch (Secp256k1Exception e) {
                // Only if a sum came out as zero, which no valid signature has.
                throw new IllegalStateException("the signature cannot be checked", e);
            } finally {
                wipe(product, sum, nonce);
            }
        }

        private static void wipe(byte[]... secrets) {
            for (byte[] secret : secrets) {
                if (secret != null) {
                    Arrays.fill(secret, (byte) 0);
                }
            }
        }

        @Override
        public void close() {
            Arrays.fill(key, (byte) 0);
        }

        @Override
        public String toString() {
            return "SigningKey[redacted]";
        }
    }
}
