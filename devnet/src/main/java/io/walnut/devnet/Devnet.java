package io.walnut.devnet;

import io.walnut.devnet.anvil.Anvil;
import io.walnut.devnet.poco.PocoContracts;
import io.walnut.devnet.poco.PocoDeployment;
import io.walnut.devnet.rpc.Transactions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A whole iExec network on this machine: a chain with the real contracts, and what iExec runs off chain.
 * Everything listens on 127.0.0.1 only, and ends with {@link #close()} or with the Java process.
 */
public final class Devnet implements AutoCloseable {

    public static final long CHAIN_ID = 65_535;

    private final Accounts accounts = Accounts.ofTestMnemonic();
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Thread hook = new Thread(this::stop, "devnet-stop");
    private Anvil anvil;
    private PocoContracts poco;

    private Devnet() {
    }

    /**
     * Returns when everything is deployed and answers.
     *
     * @throws DevnetException when something is missing or does not come up; nothing is left running then
     */
    public static Devnet start(DevnetOptions options) {
        var devnet = new Devnet();
        Runtime.getRuntime().addShutdownHook(devnet.hook);
        try {
            devnet.startAll(options);
            return devnet;
        } catch (RuntimeException e) {
            devnet.close();
            throw e;
        }
    }

    private void startAll(DevnetOptions options) {
        createFolder(options.dir());
        anvil = Anvil.start(options.npm(), CHAIN_ID, options.rpcPort(), options.finalityDepth(),
                options.dir().resolve("anvil.log"));
        running.push(anvil);
        var batch = new Transactions(anvil.rpc(), CHAIN_ID).batch();
        poco = new PocoDeployment(options.npm(), accounts.owner(), batch).deploy(accounts.withRlc());
        batch.mine();
        anvil.mineEvery(options.blockTime());
    }

    public URI rpcUrl() {
        return anvil.rpc().endpoint();
    }

    public Accounts accounts() {
        return accounts;
    }

    public PocoContracts poco() {
        return poco;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook does the work.
            return;
        }
        stop();
    }

    private synchronized void stop() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.err.println("devnet: while stopping: " + e.getMessage());
            }
        }
    }

    private static void createFolder(Path dir) {
        try {
            Files.createDirectories(dir);
        } catch (IOException e) {
            throw new DevnetException("DIR_UNUSABLE", "the folder " + dir + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** {@code java -jar walnut-devnet.jar [DIR]}: runs until it is interrupted. */
    public static void main(String[] arguments) throws InterruptedException {
        Path dir = Path.of(arguments.length > 0 ? arguments[0] : ".run/devnet");
        try {
            Devnet devnet = start(DevnetOptions.in(dir));
            System.out.println("chain  " + devnet.rpcUrl() + "  (chain id " + CHAIN_ID + ")");
            System.out.println("hub    " + devnet.poco().hub());
        } catch (DevnetException e) {
            System.err.println("devnet: " + e.getMessage());
            System.exit(1);
        }
        Thread.currentThread().join();
    }
}
