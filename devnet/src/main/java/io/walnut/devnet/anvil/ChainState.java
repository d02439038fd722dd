package io.walnut.devnet.anvil;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file to which anvil writes the chain each second. It writes in place, so a killed anvil may leave half a
 * file: copies are kept, and the newest whole one is what the chain comes back with.
 */
final class ChainState implements AutoCloseable {

    private static final int COPIES = 3;
    private static final long PAUSE_MILLIS = 700;

    private final Path file;
    private final Thread keeper;

    ChainState(Path file) {
        this.file = file;
        this.keeper = Thread.ofPlatform().daemon().name("chain-state").start(this::keep);
    }

    List<String> arguments() {
        return List.of("--state", file.toString(), "--state-interval", "1");
    }

    /** Puts the newest whole copy in place; call it while anvil is not running. */
    synchronized void restore() {
        try {
            for (int i = 0; i <= COPIES; i++) {
                Path candidate = copy(i);
                if (Files.exists(candidate) && isWhole(candidate)) {
                    if (i > 0) {
                        Files.copy(candidate, file, StandardCopyOption.REPLACE_EXISTING);
                    }
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("no whole copy of the chain is left in " + file);
    }

    private static boolean isWhole(Path candidate) throws IOException {
        try (JsonParser json = JsonMapper.shared().createParser(Files.readAllBytes(candidate))) {
            json.nextToken();
            json.skipChildren();
            return json.currentToken() != null && json.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    private void keep() {
        long seen = 0;
        try {
            while (true) {
                Thread.sleep(PAUSE_MILLIS);
                long now = Files.exists(file) ? Files.getLastModifiedTime(file).toMillis() : 0;
                if (now != seen) {
                    rotate();
                    seen = now;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("devnet: the chain's state cannot be copied: " + e.getMessage());
        }
    }

    private synchronized void rotate() throws IOException {
        for (int i = COPIES - 1; i > 0; i--) {
            if (Files.exists(copy(i))) {
                Files.move(copy(i), copy(i + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.copy(file, copy(1), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path copy(int number) {
        return number == 0 ? file : file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public void close() {
        keeper.interrupt();
    }
}
