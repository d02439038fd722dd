package io.walnut.contracts;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Signing and recovery on secp256k1. Both implementations give the same bytes (RFC 6979 with SHA-256,
 * low s). The caller chooses one; neither ever stands in for the other by itself, because a signer that
 * silently changes its arithmetic is not the one that was audited.
 */
public sealed interface Secp256k1 permits NativeSecp256k1, BouncyCastleSecp256k1 {

    /** The order of the group. */
    BigInteger ORDER = new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    /**
     * libsecp256k1, about fifty times as fast.
     *
     * @throws IllegalStateException when the machine has no such library in the jar, or cannot load it
     */
    static Secp256k1 nativeLibrary() {
        return new NativeSecp256k1();
    }

    /** Pure Java; not constant-time. */
    static Secp256k1 bouncyCastle() {
        return new BouncyCastleSecp256k1();
    }

    /**
     * @param key 32 bytes, 1 to order − 1
     * @throws IllegalArgumentException for another key
     */
    Address address(byte[] key);

    /**
     * For signing more than once: what depends only on the key is computed once.
     *
     * @param key 32 bytes, 1 to order − 1; copied
     */
    SigningKey open(byte[] key);

    /** A private key in use. Closing wipes it. */
    interface SigningKey extends AutoCloseable {

        Address address();

        /** @return a signature that was checked before */
        Signature sign(Bytes32 digest);

        @Override
        void close();
    }

    /**
     * @param digest 32 bytes that were hashed before
     * @param key 32 bytes, 1 to order − 1
     * @return a signature that was checked to recover to {@code address(key)}
     */
    Signature sign(Bytes32 digest, byte[] key);

    /** The signer's address; empty for numbers that are no signature of any key. */
    Optional<Address> recover(Bytes32 digest, Signature signature);
}
