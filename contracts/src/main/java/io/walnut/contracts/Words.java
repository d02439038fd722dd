package io.walnut.contracts;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Writes Solidity ABI words ({@code abi.encode} of static values) and fixed-width unsigned integers. */
final class Words {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    static byte[] unsigned(BigInteger value, int length) {
        if (value.signum() < 0 || value.bitLength() > 8 * length) {
            throw new IllegalArgumentException("number does not fit in " + 8 * length + " unsigned bits");
        }
        byte[] word = new byte[length];
        byte[] digits = value.toByteArray();
        int digitsLength = Math.min(digits.length, length);
        System.arraycopy(digits, digits.length - digitsLength, word, length - digitsLength, digitsLength);
        return word;
    }

    static Bytes32 typeHash(String type) {
        return Keccak.hash(type.getBytes(StandardCharsets.US_ASCII));
    }

    Words word(Bytes32 value) {
        out.writeBytes(value.bytes());
        return this;
    }

    Words word(Address value) {
        out.writeBytes(new byte[12]);
        out.writeBytes(value.bytes());
        return this;
    }

    Words word(BigInteger value) {
        out.writeBytes(unsigned(value, 32));
        return this;
    }

    Words word(long value) {
        return word(BigInteger.valueOf(value));
    }

    Words raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    Bytes32 keccak() {
        return Keccak.hash(bytes());
    }
}
