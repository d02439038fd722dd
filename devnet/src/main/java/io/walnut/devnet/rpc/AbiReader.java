package io.walnut.devnet.rpc;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads ABI-encoded values by the position of their word in the head of a tuple. */
public final class AbiReader {

    private static final int WORD = 32;

    private final byte[] data;
    private final int start;

    private AbiReader(byte[] data, int start) {
        this.data = data;
        this.start = start;
    }

    public static AbiReader of(byte[] data) {
        return new AbiReader(data, 0);
    }

    /** The dynamic tuple whose offset is in word {@code index}. */
    public AbiReader tuple(int index) {
        return new AbiReader(data, start + uint(index).intValueExact());
    }

    public BigInteger uint(int index) {
        return bytes32(index).toUnsigned();
    }

    public Address address(int index) {
        return Address.of(Arrays.copyOfRange(word(index), 12, WORD));
    }

    public Bytes32 bytes32(int index) {
        return Bytes32.of(word(index));
    }

    public byte[] bytes(int index) {
        int at = start + uint(index).intValueExact();
        int length = new AbiReader(data, at).uint(0).intValueExact();
        return Arrays.copyOfRange(data, at + WORD, at + WORD + length);
    }

    public String string(int index) {
        return new String(bytes(index), StandardCharsets.UTF_8);
    }

    private byte[] word(int index) {
        int at = start + index * WORD;
        if (at + WORD > data.length) {
            throw new IllegalArgumentException("the node's answer is too short: " + data.length + " bytes");
        }
        return Arrays.copyOfRange(data, at, at + WORD);
    }
}
