package io.walnut.ejb.iexec;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Keccak;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.Signature;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A secp256k1 key that signs orders, SMS challenges and transactions. Closing it wipes its bytes. */
public final class SigningKey implements AutoCloseable {

    private static final byte[] MESSAGE_32_PREFIX =
            "\u0019Ethereum Signed Message:\n32".getBytes(StandardCharsets.US_ASCII);

    private final byte[] key;
    private final Secp256k1 curve;
    private final Address address;

    /**
     * @param key 32 bytes; copied, the caller keeps and wipes its own
     * @throws IllegalArgumentException unless the key is a scalar of the curve
     */
    public SigningKey(byte[] key, Secp256k1 curve) {
        this.address = curve.address(key);
        this.key = key.clone();
        this.curve = curve;
    }

    public Address address() {
        return address;
    }

    /** Deterministic (RFC 6979). */
    public Signature sign(Bytes32 digest) {
        return curve.sign(digest, key);
    }

    /** EIP-191 ("personal") signature over the 32 raw bytes of {@code message}. */
    public Signature signMessage(Bytes32 message) {
        return sign(messageDigest(message));
    }

    static Bytes32 messageDigest(Bytes32 message) {
        return Keccak.hash(MESSAGE_32_PREFIX, message.bytes());
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
    }

    @Override
    public String toString() {
        return "SigningKey[" + address + "]";
    }
}
