package io.walnut.contracts;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A secp256k1 signature in EIP-2098 compact form.
 *
 * @param vs s with the parity of R.y in its top bit
 */
public record Signature(Bytes32 r, Bytes32 vs) {

    public static final int LENGTH = 64;

    /** @throws IllegalArgumentException unless {@code bytes} holds exactly 64: r, then vs */
    public static Signature of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a compact signature has 64 bytes, not " + bytes.length);
        }
        return new Signature(Bytes32.of(Arrays.copyOf(bytes, 32)), Bytes32.of(Arrays.copyOfRange(bytes, 32, 64)));
    }

    /** @param rs r and low s, 32 bytes each */
    static Signature of(byte[] rs, int yParity) {
        byte[] compact = rs.clone();
        compact[32] |= (byte) (yParity << 7);
        return of(compact);
    }

    public static Signature parse(String hex) {
        return of(Hex.decode(hex, LENGTH));
    }

    public byte[] bytes() {
        return Arrays.copyOf(concatenated(), LENGTH);
    }

    public int yParity() {
        return (vs.bytes()[0] & 0x80) >>> 7;
    }

    public BigInteger s() {
        return vs.toUnsigned().clearBit(255);
    }

    /** r and s, 32 bytes each, without the parity. */
    byte[] rs() {
        byte[] rs = concatenated();
        rs[32] &= 0x7f;
        return rs;
    }

    private byte[] concatenated() {
        byte[] all = Arrays.copyOf(r.bytes(), LENGTH);
        System.arraycopy(vs.bytes(), 0, all, 32, 32);
        return all;
    }

    @Override
    public String toString() {
        return Hex.encode(bytes());
    }
}
