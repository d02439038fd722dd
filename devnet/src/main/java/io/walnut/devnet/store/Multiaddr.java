package io.walnut.devnet.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The registries keep a place as UTF-8 text, or {@code /ipfs/…} as a binary multiaddr when the SDK wrote it. */
public final class Multiaddr {

    /** The protocol code 421 as a varint, and the length of a SHA-256 multihash. */
    private static final byte[] IPFS_SHA256 = {(byte) 0xa5, 0x03, 0x22};

    private Multiaddr() {
    }

    public static String text(byte[] multiaddr) {
        boolean binary = multiaddr.length == IPFS_SHA256.length + 34
                && Arrays.equals(Arrays.copyOf(multiaddr, IPFS_SHA256.length), IPFS_SHA256);
        return binary ? "/ipfs/" + Cid.base58(Arrays.copyOfRange(multiaddr, IPFS_SHA256.length, multiaddr.length))
                : new String(multiaddr, StandardCharsets.UTF_8);
    }
}
