package io.walnut.enclave.chain;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Recursive Length Prefix, as Ethereum's yellow paper (appendix B) defines it. Decoding takes the canonical form
 * only: the shortest length prefix, no byte after the end.
 *
 * <p>Limits: input of {@value #MAX_INPUT} bytes, lists nested {@value #MAX_DEPTH} deep,
 * {@value #MAX_ITEMS} items in one list. A trie node, the largest thing decoded here, has 17 items in
 * 532 bytes and nests only what is shorter than 32 bytes.
 */
public sealed interface Rlp {

    int MAX_INPUT = 1_024;
    int MAX_DEPTH = 8;
    int MAX_ITEMS = 32;

    /** A byte string. */
    record Bytes(byte[] value) implements Rlp {
    }

    /** @param encoding the list as it was encoded, prefix included */
    record Sequence(List<Rlp> items, byte[] encoding) implements Rlp {
    }

    /** @throws MalformedRlp unless {@code input} is one item in canonical form within the limits */
    static Rlp decode(byte[] input) throws MalformedRlp {
        if (input.length > MAX_INPUT) {
            throw new MalformedRlp();
        }
        var decoder = new RlpDecoder(input);
        Rlp item = decoder.item(input.length, 0);
        decoder.requireEnd();
        return item;
    }

    static byte[] encodeBytes(byte[] value) {
        if (value.length == 1 && (value[0] & 0xff) < 0x80) {
            return value.clone();
        }
        return withPrefix(0x80, value);
    }

    /** @param items each already encoded */
    static byte[] encodeList(List<byte[]> items) {
        var payload = new ByteArrayOutputStream(600);
        items.forEach(payload::writeBytes);
        return withPrefix(0xc0, payload.toByteArray());
    }

    private static byte[] withPrefix(int offset, byte[] payload) {
        var out = new ByteArrayOutputStream(payload.length + 5);
        if (payload.length < 56) {
            out.write(offset + payload.length);
        } else {
            byte[] length = minimal(payload.length);
            out.write(offset + 55 + length.length);
            out.writeBytes(length);
        }
        out.writeBytes(payload);
        return out.toByteArray();
    }

    private static byte[] minimal(int length) {
        byte[] bytes = {(byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length};
        int start = 0;
        while (bytes[start] == 0) {
            start++;
        }
        return Arrays.copyOfRange(bytes, start, bytes.length);
    }
}

/** One pass over one input; every read is checked against the end of the enclosing item. */
final class RlpDecoder {

    private final byte[] input;
    private int at;

    RlpDecoder(byte[] input) {
        this.input = input;
    }

    Rlp item(int end, int depth) throws MalformedRlp {
        if (at >= end || depth > Rlp.MAX_DEPTH) {
            throw new MalformedRlp();
        }
        int start = at;
        int prefix = input[at++] & 0xff;
        if (prefix < 0x80) {
            return new Rlp.Bytes(new byte[] {(byte) prefix});
        }
        boolean list = prefix >= 0xc0;
        int stop = at(payloadLength(prefix - (list ? 0xc0 : 0x80), end), end);
        return list ? sequence(start, stop, depth) : bytes(stop);
    }

    void requireEnd() throws MalformedRlp {
        if (at != input.length) {
            throw new MalformedRlp();
        }
    }

    private Rlp bytes(int stop) throws MalformedRlp {
        byte[] value = Arrays.copyOfRange(input, at, stop);
        if (value.length == 1 && (value[0] & 0xff) < 0x80) {
            throw new MalformedRlp();
        }
        at = stop;
        return new Rlp.Bytes(value);
    }

    private Rlp sequence(int start, int stop, int depth) throws MalformedRlp {
        var items = new ArrayList<Rlp>();
        while (at < stop) {
            if (items.size() == Rlp.MAX_ITEMS) {
                throw new MalformedRlp();
            }
            items.add(item(stop, depth + 1));
        }
        return new Rlp.Sequence(List.copyOf(items), Arrays.copyOfRange(input, start, stop));
    }

    private int payloadLength(int code, int end) throws MalformedRlp {
        if (code < 56) {
            return code;
        }
        int lengthBytes = code - 55;
        // Two bytes tell 65,535, beyond the limit on the whole input.
        if (lengthBytes > 2 || lengthBytes > end - at) {
            throw new MalformedRlp();
        }
        int length = 0;
        for (int i = 0; i < lengthBytes; i++) {
            length = length << 8 | input[at++] & 0xff;
        }
        if (length < 56 || lengthBytes == 2 && length < 0x100) {
            throw new MalformedRlp();
        }
        return length;
    }

    private int at(int length, int end) throws MalformedRlp {
        if (length > end - at) {
            throw new MalformedRlp();
        }
        return at + length;
    }
}
