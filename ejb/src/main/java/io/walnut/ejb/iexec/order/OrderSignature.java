package io.walnut.ejb.iexec.order;

import io.walnut.contracts.Hex;
import io.walnut.contracts.Signature;

/**
 * An order's signature as it travels: 65 bytes (r, s, v = 27 or 28), 64 bytes (EIP-2098), other bytes for a
 * contract account (EIP-1271), or none for an order that was signed on chain.
 *
 * @param hex {@code 0x} and lower-case digits
 */
public record OrderSignature(String hex) {

    /** Enough for any contract account seen; an order book is not trusted to keep it small. */
    private static final int MAX_LENGTH = 4_096;

    public static final OrderSignature NONE = new OrderSignature("0x");

    public OrderSignature {
        if (hex.length() > 2 + 2 * MAX_LENGTH) {
            throw new IllegalArgumentException("an order signature has at most " + MAX_LENGTH + " bytes");
        }
        hex = Hex.encode(Hex.decode(hex));
    }

    /** In the 65-byte form, which every version of the protocol accepts. */
    public static OrderSignature of(Signature signature) {
        byte[] bytes = java.util.Arrays.copyOf(signature.r().bytes(), 65);
        System.arraycopy(Uint256.word(signature.s()), 0, bytes, 32, 32);
        bytes[64] = (byte) (27 + signature.yParity());
        return new OrderSignature(Hex.encode(bytes));
    }

    public byte[] bytes() {
        return Hex.decode(hex);
    }
}
