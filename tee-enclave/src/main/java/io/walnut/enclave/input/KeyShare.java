package io.walnut.enclave.input;

import java.util.Optional;

/** A share of the signer key as text: 64 lower-case hexadecimal digits, not all of them zero. */
public final class KeyShare {

    public static final int LENGTH = 32;
    private static final int DIGITS = 2 * LENGTH;

    private KeyShare() {
    }

    /** Reads without making a {@code String}. Empty for anything that is no share. */
    public static Optional<byte[]> parse(char[] text, int offset, int length) {
        if (length != DIGITS) {
            return Optional.empty();
        }
        byte[] share = new byte[LENGTH];
        int seen = 0;
        for (int i = 0; i < DIGITS; i++) {
            int digit = digit(text[offset + i]);
            if (digit < 0) {
                return Optional.empty();
            }
            seen |= digit;
            share[i / 2] = (byte) (share[i / 2] << 4 | digit);
        }
        return seen == 0 ? Optional.empty() : Optional.of(share);
    }

    private static int digit(char character) {
        if (character >= '0' && character <= '9') {
            return character - '0';
        }
        return character >= 'a' && character <= 'f' ? character - 'a' + 10 : -1;
    }
}
