package io.walnut.devnet.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts processes that end when this one does, however it ends: also when it is killed and no shutdown hook
 * runs. Where Linux's {@code setpriv} (util-linux) is missing, only an orderly end takes them along.
 */
public final class Children {

    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    /**
     * The kernel ends a child with the thread that started it, not with the process: so this thread lives as
     * long as the process.
     */
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("child-starter").factory());

    private Children() {
    }

    /** The command, bound to the process that starts it. */
    public static List<String> bound(List<String> command) {
        if (!Files.isExecutable(SETPRIV)) {
            return command;
        }
        var bound = new ArrayList<>(List.of(SETPRIV.toString(), "--pdeathsig", "KILL", "--"));
        bound.addAll(command);
        return bound;
    }

    /** Starts the builder's command, bound to this process. */
    public static Process start(ProcessBuilder builder) throws IOException {
        List<String> command = builder.command();
        builder.command(bound(command));
        try {
            return STARTER.submit(builder::start).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting a process", e);
        } finally {
            builder.command(command);
        }
    }
}
