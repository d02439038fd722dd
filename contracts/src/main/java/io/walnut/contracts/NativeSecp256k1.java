package io.walnut.contracts;

import fr.acinq.secp256k1.Secp256k1Exception;
import java.util.Arrays;
import java.util.Optional;

/** {@link Secp256k1} by libsecp256k1 through JNI. */
final class NativeSecp256k1 implements Secp256k1 {

    private final fr.acinq.secp256k1.Secp256k1 library;

    NativeSecp256k1() {
        try {
            library = fr.acinq.secp256k1.Secp256k1.get();
        } catch (LinkageError | RuntimeException e) {
            throw new IllegalStateException("libsecp256k1 cannot be loaded on this machine", e);
        }
    }

    @Override
    public Address address(byte[] key) {
        return Address.ofPublicKey(publicKey(key));
    }

    private byte[] publicKey(byte[] key) {
        if (key.length != 32 || !library.secKeyVerify(key)) {
            throw new IllegalArgumentException("not a secp256k1 key: it must be 32 bytes, 1 to order - 1");
        }
        return library.pubkeyCreate(key);
    }

    @Override
    public Signature sign(Bytes32 digest, byte[] key) {
        byte[] publicKey = publicKey(key);
        byte[] hash = digest.bytes();
        byte[] rs = library.sign(hash, key, null);
        // The binding does not return the parity. Recovering finds it and checks the signature in one step.
        for (int yParity = 0; yParity < 2; yParity++) {
            if (Arrays.equals(publicKey, recoverKey(rs, hash, yParity))) {
                return Signature.of(rs, yParity);
            }
        }
        throw new IllegalStateException("the signature does not recover to its key");
    }

    @Override
    public Optional<Address> recover(Bytes32 digest, Signature signature) {
        return Optional.ofNullable(recoverKey(signature.rs(), digest.bytes(), signature.yParity()))
                .map(Address::ofPublicKey);
    }

    private byte[] recoverKey(byte[] rs, byte[] hash, int yParity) {
        try {
            return library.ecdsaRecover(rs, hash, yParity);
        } catch (Secp256k1Exception e) {
            return null;
        }
    }
}
