package io.walnut.contracts;

import java.math.BigInteger;
import java.util.Arrays;

/** A 32-byte value: a hash, a root, a salt, an identifier. Immutable; ordered as an unsigned number. */
public final class Bytes32 implements Comparable<Bytes32> {

    public static final int LENGTH = 32;
    public static final Bytes32 ZERO = new Bytes32(new byte[LENGTH]);

    private final byte[] bytes;

    private Bytes32(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException unless {@code bytes} holds exactly 32 */
    public static Bytes32 of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("expected 32 bytes, got " + bytes.length);
        }
        return new Bytes32(bytes.clone());
    }

    /** @param hex {@code 0x} and 64 hexadecimal digits */
    public static Bytes32 parse(String hex) {
        return new Bytes32(Hex.decode(hex, LENGTH));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public BigInteger toUnsigned() {
        return new BigInteger(1, bytes);
    }

    @Override
    public int compareTo(Bytes32 other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes32 that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** {@code 0x} and 64 lower-case digits. */
    @Override
    public String toString() {
        return Hex.encode(bytes);
    }
}
