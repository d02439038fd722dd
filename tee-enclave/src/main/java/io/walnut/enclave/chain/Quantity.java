package io.walnut.enclave.chain;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** JSON-RPC's numbers: {@code 0x} and hexadecimal digits without leading zeros, at most 256 bits. */
public final class Quantity {

    private static final int MAX_DIGITS = 64;

    private Quantity() {
    }

    /** Empty for anything else, including {@code 0x} alone and upper-case prefixes. */
    public static Optional<BigInteger> parse(String text) {
        int digits = text.length() - 2;
        if (!text.startsWith("0x") || digits < 1 || digits > MAX_DIGITS || digits > 1 && text.charAt(2) == '0') {
            return Optional.empty();
        }
        if (!text.chars().skip(2).allMatch(Quantity::isHexDigit)) {
            return Optional.empty();
        }
        return Optional.of(new BigInteger(text.substring(2), 16));
    }

    public static String encode(long value) {
        return "0x" + Long.toHexString(value);
    }

    /** Big-endian without leading zeros; none for zero, as RLP wants it. */
    static byte[] minimalBytes(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static boolean isHexDigit(int character) {
        return character >= '0' && character <= '9'
                || character >= 'a' && character <= 'f'
                || character >= 'A' && character <= 'F';
    }
}
