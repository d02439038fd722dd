package io.walnut.contracts;

import fr.acinq.secp256k1.Secp256k1CFunctions;
import fr.acinq.secp256k1.Secp256k1Exception;
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
            // The binding does not return the parity. Recovering finds it and checks the signature in one step.
            for (int yParity = 0; yParity < 2; yParity++) {
                if (Arrays.equals(publicKey, recoverKey(rs, hash, yParity))) {
                    return Signature.of(rs, yParity);
                }
            }
            throw new IllegalStateException("the signature does not recover to its key");
        }

        private byte[] recoverKey(byte[] rs, byte[] hash, int yParity) {
            try {
                return Secp256k1CFunctions.secp256k1_ecdsa_recover(context, rs, hash, yParity);
            } catch (Secp256k1Exception e) {
                return null;
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
