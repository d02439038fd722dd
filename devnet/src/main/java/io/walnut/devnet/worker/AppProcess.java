package io.walnut.devnet.worker;

import io.walnut.devnet.process.Children;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An app as a process of its own: nothing of our environment, a memory limit, a time limit. */
final class AppProcess {

    /** @param exit the exit status; empty {@code timedOut} processes were killed */
    record Ended(int exit, boolean timedOut) {
    }

    private static final boolean HAS_ULIMIT = !System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win");

    private AppProcess() {
    }

    /**
     * Runs to the end.
     *
     * @param memory MiB of writable memory
     * @param output takes what the app prints
     */
    static Ended run(List<String> command, Map<String, String> environment, Path folder, int memory, Duration limit,
            Path output) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(limited(command, memory)).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = Children.start(builder);
        try {
            process.getOutputStream().close();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            return ended ? new Ended(process.exitValue(), false) : new Ended(-1, true);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Limits the data, not the address space, of which a JVM or Node reserves far more than it uses. */
    private static List<String> limited(List<String> command, int memory) {
        if (!HAS_ULIMIT) {
            return command;
        }
        var limited = new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -d " + memory * 1024 + " && exec \"$@\"", "sh"));
        limited.addAll(command);
        return limited;
    }
}
