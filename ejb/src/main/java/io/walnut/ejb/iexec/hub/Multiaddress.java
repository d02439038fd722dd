package io.walnut.ejb.iexec.hub;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where a resource lies, as the registries keep it. The SDK writes {@code /ipfs/Qm…} as a binary multiaddress
 * (protocol 421, length, multihash) and everything else as text; workers read both.
 */
final class Multiaddress {

    private static final String IPFS = "/ipfs/";
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(58);
    private static final int MULTIHASH_LENGTH = 34;
    private static final byte[] PREFIX = {(byte) 0xa5, 0x03, MULTIHASH_LENGTH};

    private Multiaddress() {
    }

    static byte[] encode(String location) {
        if (!location.matches("/ipfs/Qm[" + ALPHABET + "]{44}")) {
            return location.getBytes(StandardCharsets.UTF_8);
        }
        byte[] all = Arrays.copyOf(PREFIX, PREFIX.length + MULTIHASH_LENGTH);
        System.arraycopy(base58(location.substring(IPFS.length())), 0, all, PREFIX.length, MULTIHASH_LENGTH);
        return all;
    }

    /** A version 0 CID: 34 bytes, of which the first two are 0x12 and 0x20, so no leading zero is lost. */
    private static byte[] base58(String text) {
        BigInteger value = BigInteger.ZERO;
        for (char digit : text.toCharArray()) {
            value = value.multiply(BASE).add(BigInteger.valueOf(ALPHABET.indexOf(digit)));
        }
        byte[] bytes = value.toByteArray();
        if (bytes.length != MULTIHASH_LENGTH || bytes[0] != 0x12 || bytes[1] != 0x20) {
            throw new IllegalArgumentException("not a CID of version 0: " + text);
        }
        return bytes;
    }
}
