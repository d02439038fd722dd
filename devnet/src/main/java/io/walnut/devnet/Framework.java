package io.walnut.devnet;

import io.walnut.contracts.Bytes32;
import java.math.BigInteger;
import java.util.Locale;

/** The trusted execution frameworks that a deal's tag can ask for. */
public enum Framework {
    /** Intel SGX with SCONE: tag bits 0 (TEE) and 1. */
    SCONE(0x3),
    /** Intel TDX: tag bits 0 (TEE) and 3. */
    TDX(0x9);

    private final int bits;

    Framework(int bits) {
        this.bits = bits;
    }

    public Bytes32 tag() {
        byte[] tag = new byte[Bytes32.LENGTH];
        tag[Bytes32.LENGTH - 1] = (byte) bits;
        return Bytes32.of(tag);
    }

    /** @return whether every bit of this framework's tag is set in {@code tag} */
    public boolean isAskedBy(Bytes32 tag) {
        BigInteger mask = BigInteger.valueOf(bits);
        return tag.toUnsigned().and(mask).equals(mask);
    }

    /** As configuration writes it. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
