package io.walnut.enclave.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.walnut.contracts.EnclaveResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The files that iExec collects from {@code IEXEC_OUT}. Each appears whole or not at all, and
 * {@code computed.json} last, so that a task killed half-way leaves no result that could be taken for one.
 */
public record TaskOutput(Path directory) {

    private static final String COMPUTED = "computed.json";
    private static final String PADDING = "padding";

    /** @param result the whole of {@code result.json} */
    public void write(byte[] result) throws IOException {
        Path file = directory.resolve(EnclaveResult.FILE_NAME);
        writeWhole(file, result);
        writeWhole(directory.resolve(PADDING), Padding.beside(result));
        writeWhole(directory.resolve(COMPUTED), computed(file));
    }

    private static byte[] computed(Path result) throws IOException {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("deterministic-output-path", result.toString());
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void writeWhole(Path file, byte[] content) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.write(partial, content);
        try {
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
