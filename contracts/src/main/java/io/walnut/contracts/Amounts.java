package io.walnut.contracts;

import java.math.BigInteger;

/** What counts as an amount of a token, in its smallest unit. */
public final class Amounts {

    /** 2¹²⁸ − 1. */
    public static final BigInteger MAX = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

    private Amounts() {
    }

    public static boolean isValid(BigInteger amount) {
        return amount.signum() > 0 && amount.compareTo(MAX) <= 0;
    }

    /** @throws IllegalArgumentException unless 1 ≤ amount ≤ {@link #MAX} */
    public static BigInteger require(BigInteger amount) {
        if (!isValid(amount)) {
            throw new IllegalArgumentException("an amount must be between 1 and 2^128 - 1 smallest units");
        }
        return amount;
    }
}
