package io.walnut.ejb.iexec.rpc;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.ejb.iexec.IexecException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Reads the words of one ABI-encoded tuple. A node is not trusted with our memory: every offset and length
 * is checked against what was received.
 */
public final class AbiReader {

    private static final int WORD = 32;

    private final byte[] data;
    private final int start;

    private AbiReader(byte[] data, int start) {
        this.data = data;
        this.start = start;
    }

    /** @param hex with {@code 0x} */
    public static AbiReader of(String hex) {
        try {
            return new AbiReader(Hex.decode(hex), 0);
        } catch (IllegalArgumentException e) {
            throw nonsense();
        }
    }

    public Bytes32 bytes32(int index) {
        return Bytes32.of(slice(Math.addExact(start, index * WORD), WORD));
    }

    public BigInteger number(int index) {
        return bytes32(index).toUnsigned();
    }

    public Address address(int index) {
        return Address.of(Arrays.copyOfRange(bytes32(index).bytes(), WORD - Address.LENGTH, WORD));
    }

    /** Seconds since 1970. */
    public Instant time(int index) {
        BigInteger seconds = number(index);
        if (seconds.bitLength() > 40) {
            throw nonsense();
        }
        return Instant.ofEpochSecond(seconds.longValue());
    }

    /** The tuple or value that word {@code index} points to. */
    public AbiReader at(int index) {
        return new AbiReader(data, start + small(number(index)));
    }

    /** The {@code bytes} that word {@code index} points to. */
    public byte[] bytes(int index) {
        AbiReader value = at(index);
        return slice(value.start + WORD, small(value.number(0)));
    }

    public String text(int index) {
        return new String(bytes(index), StandardCharsets.UTF_8);
    }

    private int small(BigInteger value) {
        if (value.bitLength() > 31 || value.intValue() > data.length) {
            throw nonsense();
        }
        return value.intValue();
    }

    private byte[] slice(int from, int length) {
        if (from < 0 || length > data.length - from) {
            throw nonsense();
        }
        return Arrays.copyOfRange(data, from, from + length);
    }

    private static IexecException nonsense() {
        return new IexecException(IexecException.Code.RPC_NONSENSE,
                "the hub's answer has another shape than PoCo's: check the hub's address and the RPC URL");
    }
}
