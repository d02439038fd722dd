package io.walnut.enclave;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged jar, run once with a small heap.
 *
 * @param status exit status
 */
public record EnclaveProcess(int status, String out, String err) {

    private static final long LIMIT_SECONDS = 90;

    /** @param options for the JVM */
    public static EnclaveProcess run(
            Map<String, String> variables, List<String> arguments, List<String> options, Path work)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx64m"));
        command.addAll(options);
        command.addAll(List.of("-jar", "target/walnut-enclave.jar"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("IEXEC_") || name.startsWith("JAVA_TOOL"));
        builder.environment().putAll(variables);
        Path err = work.resolve("stderr");
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the enclave did not end");
        }
        return new EnclaveProcess(process.exitValue(), out, Files.readString(err));
    }
}
