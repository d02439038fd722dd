package io.walnut.devnet.anvil;

import io.walnut.devnet.DevnetException;
import io.walnut.devnet.process.Children;
import io.walnut.devnet.rpc.Rpc;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The chain: an anvil process that ends with this object. */
public final class Anvil implements AutoCloseable {

    /** Far above what a block needs, so that a whole deployment fits in one. */
    private static final long BLOCK_GAS_LIMIT = 1_000_000_000L;
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:(\\d+)");

    private final List<String> command;
    private final Path log;
    private final Optional<ChainState> state;
    private final Rpc rpc;
    private final int port;
    private volatile Process process;

    private Anvil(List<String> command, int port, Path log, Optional<ChainState> state) throws IOException {
        this.command = command;
        this.log = log;
        this.state = state;
        this.process = launch(port);
        try {
            this.port = awaitPort(process, log);
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
        this.rpc = new Rpc(URI.create("http://127.0.0.1:" + this.port));
    }

    /**
     * Starts with mining off: nothing is in a block before {@link #mine()} or {@link #mineEvery}.
     *
     * @param npm the folder that holds {@code node_modules}
     * @param port 0 for a free one
     * @param finalityDepth blocks between the head and the block that the tag {@code finalized} names; even
     * @param log the file that takes what anvil prints
     * @param state where the chain is written down each second, so that it can be killed and come back
     * @throws DevnetException when anvil is not installed or does not come up
     */
    public static Anvil start(Path npm, long chainId, int port, int finalityDepth, Path log,
            Optional<Path> state) {
        requireFree(port);
        var command = List.of(binary(npm).toString(), "--host", "127.0.0.1",
                "--chain-id", Long.toString(chainId), "--accounts", "20", "--no-mining", "--order", "fifo",
                "--gas-limit", Long.toString(BLOCK_GAS_LIMIT),
                "--slots-in-an-epoch", Integer.toString(Math.max(1, finalityDepth / 2)));
        try {
            return new Anvil(command, port, log, state.map(ChainState::new));
        } catch (IOException e) {
            throw new DevnetException("ANVIL_FAILED", "anvil could not be started: " + e.getMessage(), e);
        }
    }

    /** The same, of which nothing is left when it ends. */
    public static Anvil start(Path npm, long chainId, int port, int finalityDepth, Path log) {
        return start(npm, chainId, port, finalityDepth, log, Optional.empty());
    }

    private Process launch(int onPort) throws IOException {
        var all = new ArrayList<>(command);
        all.addAll(List.of("--port", Integer.toString(onPort)));
        state.ifPresent(kept -> all.addAll(kept.arguments()));
        return Children.start(new ProcessBuilder(all).redirectErrorStream(true));
    }

    /** Ends the process at once, as a power cut does. What was mined in the last second or two is lost. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /**
     * Starts it again on the same port, with what was written down, and mining as told.
     *
     * @throws IllegalStateException when it keeps no state
     */
    public void restart(Duration blockTime) {
        state.orElseThrow(() -> new IllegalStateException("this chain keeps no state")).restore();
        try {
            process = launch(port);
            awaitPort(process, log);
        } catch (IOException e) {
            throw new DevnetException("ANVIL_FAILED", "anvil could not be started again: " + e.getMessage(), e);
        }
        mineEvery(blockTime);
    }

    public Rpc rpc() {
        return rpc;
    }

    /** Puts all waiting transactions in one block. */
    public void mine() {
        rpc.call("evm_mine");
    }

    public void mineEvery(Duration blockTime) {
        rpc.call("evm_setIntervalMining", blockTime.toSeconds());
    }

    /** Replaces the last {@code depth} blocks by as many empty ones; their transactions are gone. */
    public void reorg(int depth) {
        rpc.call("anvil_reorg", depth, List.of());
    }

    /** Moves the chain's clock forward, and mines a block there. */
    public void advance(Duration time) {
        rpc.call("evm_increaseTime", time.toSeconds());
        mine();
    }

    /** @return the number of the block that the tag names */
    public long block(String tag) {
        return Rpc.quantity(rpc.call("eth_getBlockByNumber", tag, false).get("number")).longValueExact();
    }

    @Override
    public void close() {
        state.ifPresent(ChainState::close);
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Path binary(Path npm) {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String platform = os.contains("mac") ? "darwin" : os.contains("win") ? "win32" : "linux";
        String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        Path binary = npm.resolve("node_modules/@foundry-rs/anvil-" + platform + "-" + arch + "/bin/anvil"
                + (platform.equals("win32") ? ".exe" : ""));
        if (!Files.isExecutable(binary)) {
            throw new DevnetException("ANVIL_MISSING", "anvil is not installed in " + npm
                    + ": build the devnet module, which runs npm ci there");
        }
        return binary;
    }

    /** Only looks whether the port can be had: anvil, which takes it next, says too little when it cannot. */
    private static void requireFree(int port) {
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        } catch (IOException e) {
            throw new DevnetException("PORT_IN_USE",
                    "port " + port + " is taken: choose another, or 0 for a free one", e);
        }
    }

    private static int awaitPort(Process process, Path log) {
        var port = new CompletableFuture<Integer>();
        Thread.ofVirtual().name("anvil-log").start(() -> copyLog(process, log, port));
        try {
            return port.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevnetException("ANVIL_FAILED", "interrupted while anvil was starting", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new DevnetException("ANVIL_FAILED", "anvil did not start; what it printed is in " + log, e);
        }
    }

    private static void copyLog(Process process, Path log, CompletableFuture<Integer> port) {
        try (BufferedReader in = process.inputReader();
                Writer out = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(line + "\n");
                Matcher match = LISTENING.matcher(line);
                if (match.find()) {
                    out.flush();
                    port.complete(Integer.valueOf(match.group(1)));
                }
            }
        } catch (IOException e) {
            // The stream breaks when the process is destroyed: nothing is left to copy.
        }
        port.completeExceptionally(new IOException("anvil ended"));
    }
}
