package io.walnut.ejb.iexec.order;

import java.math.BigInteger;

/** The range of Solidity's {@code uint256}. */
public final class Uint256 {

    private static final int LENGTH = 32;

    private Uint256() {
    }

    /**
     * @param name the value's name, for the message
     * @throws IllegalArgumentException unless 0 ≤ value &lt; 2²⁵⁶
     */
    public static BigInteger require(String name, BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > 8 * LENGTH) {
            throw new IllegalArgumentException(name + " must be between 0 and 2^256 - 1, not " + value);
        }
        return value;
    }

    /** Big-endian, 32 bytes. */
    public static byte[] word(BigInteger value) {
        byte[] digits = require("a number", value).toByteArray();
        byte[] word = new byte[LENGTH];
        int length = Math.min(digits.length, LENGTH);
        System.arraycopy(digits, digits.length - length, word, LENGTH - length, length);
        return word;
    }
}
