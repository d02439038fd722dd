package io.walnut.contracts;

import java.util.HexFormat;

/** Hexadecimal with the {@code 0x} prefix, lower case on the way out, either case on the way in. */
public final class Hex {

    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {
    }

    public static String encode(byte[] bytes) {
        return "0x" + FORMAT.formatHex(bytes);
    }

    /** Digits without prefix. */
    public static String digits(byte[] bytes) {
        return FORMAT.formatHex(bytes);
    }

    /**
     * @throws IllegalArgumentException without {@code 0x}, with an odd number of digits, or with another
     *     character; the message never repeats the text, which may be a secret
     */
    public static byte[] decode(String text) {
        if (!text.startsWith("0x")) {
            throw new IllegalArgumentException("hexadecimal text must start with 0x");
        }
        return decodeDigits(text.substring(2));
    }

    /** {@link #decode} for digits without prefix. */
    public static byte[] decodeDigits(String digits) {
        try {
            return FORMAT.parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not an even number of hexadecimal digits");
        }
    }

    static byte[] decode(String text, int bytes) {
        if (text.length() != 2 + 2 * bytes) {
            throw new IllegalArgumentException("expected 0x and " + 2 * bytes + " hexadecimal digits");
        }
        return decode(text);
    }
}
