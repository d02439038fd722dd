package io.walnut.enclave.input;

import io.walnut.contracts.VoucherRequest;
import io.walnut.enclave.RefusalCode;
import io.walnut.enclave.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What iExec hands to a task: environment variables and the dataset file.
 *
 * <p>The variables come as {@code String}s that the JVM keeps; see {@code docs/enclave/secrets-in-the-jvm.md}.
 */
public record TaskEnvironment(Map<String, String> variables) {

    private static final String REQUEST_CHUNK = "IEXEC_REQUESTER_SECRET_";

    /** The directory for results; empty if there is none that can be written to. */
    public Optional<Path> output() {
        return path("IEXEC_OUT").filter(out -> Files.isDirectory(out) && Files.isWritable(out));
    }

    /** The request's chunks as bytes, the caller's to wipe; their sizes are the decoder's to check. */
    public List<byte[]> requestChunks() throws Refused {
        if (variables.containsKey(REQUEST_CHUNK + (VoucherRequest.CHUNKS + 1))) {
            throw new Refused(RefusalCode.REQUEST_CHUNKS);
        }
        var chunks = new ArrayList<byte[]>();
        for (int n = 1; n <= VoucherRequest.CHUNKS; n++) {
            String chunk = variables.get(REQUEST_CHUNK + n);
            if (chunk == null) {
                throw new Refused(RefusalCode.REQUEST_CHUNKS);
            }
            if (chunk.length() > VoucherRequest.CHUNK_LENGTH) {
                throw new Refused(RefusalCode.REQUEST_LENGTH);
            }
            chunks.add(chunk.getBytes(StandardCharsets.ISO_8859_1));
        }
        return chunks;
    }

    /** Share A, 32 bytes, the caller's to wipe. */
    public byte[] keyShareA() throws Refused {
        String text = variables.get("IEXEC_APP_DEVELOPER_SECRET");
        if (text == null) {
            throw new Refused(RefusalCode.KEY_SHARE_A_MISSING);
        }
        char[] digits = text.toCharArray();
        try {
            return KeyShare.parse(digits, 0, digits.length)
                    .orElseThrow(() -> new Refused(RefusalCode.KEY_SHARE_A_MALFORMED));
        } finally {
            Arrays.fill(digits, '0');
        }
    }

    /** The dataset's bytes, the caller's to wipe. Never reads more than the limit and one byte. */
    public byte[] dataset() throws Refused {
        Path file = path("IEXEC_IN").flatMap(in -> child(in, variables.get("IEXEC_DATASET_FILENAME")))
                .filter(Files::isRegularFile)
                .orElseThrow(() -> new Refused(RefusalCode.DATASET_MISSING));
        try (InputStream in = Files.newInputStream(file)) {
            byte[] dataset = in.readNBytes(ConfigurationParser.MAX_BYTES + 1);
            if (dataset.length > ConfigurationParser.MAX_BYTES) {
                Arrays.fill(dataset, (byte) 0);
                throw new Refused(RefusalCode.DATASET_TOO_LARGE);
            }
            return dataset;
        } catch (IOException e) {
            throw new Refused(RefusalCode.DATASET_MISSING);
        }
    }

    private Optional<Path> path(String variable) {
        String value = variables.get(variable);
        if (value == null || value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(value));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** A name, not a path: it may not lead out of the directory. */
    private static Optional<Path> child(Path directory, String name) {
        boolean plain = name != null && !name.isEmpty() && !name.contains("/") && !name.equals("..")
                && !name.equals(".") && name.indexOf('\0') < 0;
        return plain ? Optional.of(directory.resolve(name)) : Optional.empty();
    }

    /** Without the values, which are secrets. */
    @Override
    public String toString() {
        return "TaskEnvironment[redacted]";
    }
}
