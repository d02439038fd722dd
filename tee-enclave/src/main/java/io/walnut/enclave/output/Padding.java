package io.walnut.enclave.output;

import java.util.Random;
import java.util.zip.Deflater;

/**
 * A file that makes all results the same size after iExec has zipped and encrypted them: the encrypted
 * archive is public, and its size would tell how many notes a deposit has, and whether it was signed.
 * The content is neither secret nor random; it only does not compress.
 */
final class Padding {

    /** Above what any result of 500 notes takes when deflated, which is about 60,000 bytes. */
    static final int DEFLATED_TOTAL = 72_000;

    private static final long SEED = 20_260_101;

    private Padding() {
    }

    /** @return bytes that deflate, with iExec's and the JDK's standard setting, to the rest of the total */
    static byte[] beside(byte[] result) {
        int wanted = DEFLATED_TOTAL - deflated(result);
        int length = Math.max(0, wanted);
        byte[] padding = incompressible(length);
        // Deflating adds a few bytes for each block it stores; their number changes with the length.
        while (length > 0 && deflated(padding) > wanted) {
            length = Math.max(0, length - (deflated(padding) - wanted));
            padding = incompressible(length);
        }
        return padding;
    }

    static int deflated(byte[] content) {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(content);
            deflater.finish();
            byte[] buffer = new byte[8_192];
            int length = 0;
            while (!deflater.finished()) {
                length += deflater.deflate(buffer);
            }
            return length;
        } finally {
            deflater.end();
        }
    }

    private static byte[] incompressible(int length) {
        byte[] bytes = new byte[length];
        new Random(SEED).nextBytes(bytes);
        return bytes;
    }
}
