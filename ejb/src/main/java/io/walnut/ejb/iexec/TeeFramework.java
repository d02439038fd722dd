package io.walnut.ejb.iexec;

import io.walnut.contracts.Bytes32;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;

/**
 * The trusted execution framework that a deal asks for.
 *
 * <p>Tag bits (SDK 8.24.0 and 9.0.1): tee 0, scone 1, gramine 2, tdx 3. Gramine is absent: no network runs it now.
 */
public enum TeeFramework {
    SCONE(0b0011),
    TDX(0b1001);

    private static final int FRAMEWORK_BITS = 0b1110;

    private final Bytes32 tag;

    TeeFramework(int bits) {
        byte[] word = new byte[Bytes32.LENGTH];
        word[31] = (byte) bits;
        tag = Bytes32.of(word);
    }

    /** The tag that orders of this framework carry. */
    public Bytes32 tag() {
        return tag;
    }

    /** Whether a worker pool of {@code tag} serves this framework: it must have all its bits. */
    public boolean isServedBy(Bytes32 poolTag) {
        BigInteger wanted = tag.toUnsigned();
        return poolTag.toUnsigned().and(wanted).equals(wanted);
    }

    /** Whether an order of {@code tag} can be part of a deal of this framework: no bit of another framework. */
    public boolean accepts(Bytes32 orderTag) {
        return orderTag.toUnsigned().and(BigInteger.valueOf(FRAMEWORK_BITS)).andNot(tag.toUnsigned()).signum() == 0;
    }

    /** @throws IllegalArgumentException for another name than {@code scone} and {@code tdx} */
    public static TeeFramework parse(String name) {
        return Arrays.stream(values())
                .filter(framework -> framework.toString().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "TEE framework must be scone or tdx, not \"" + name + "\""));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
