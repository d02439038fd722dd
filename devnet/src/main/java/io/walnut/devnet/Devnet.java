package io.walnut.devnet;

import io.walnut.devnet.anvil.Anvil;
import io.walnut.devnet.console.Console;
import io.walnut.devnet.fault.Faults;
import io.walnut.devnet.http.HttpService;
import io.walnut.devnet.http.Request;
import io.walnut.devnet.http.Response;
import io.walnut.devnet.orderbook.OrderBook;
import io.walnut.devnet.orderbook.OrderBookApi;
import io.walnut.devnet.poco.Hub;
import io.walnut.devnet.poco.PocoContracts;
import io.walnut.devnet.poco.PocoDeployment;
import io.walnut.devnet.rpc.Abi;
import io.walnut.devnet.rpc.Account;
import io.walnut.devnet.rpc.Transactions;
import io.walnut.devnet.sms.Sms;
import io.walnut.devnet.store.IpfsStore;
import io.walnut.devnet.walnut.PortalProperties;
import io.walnut.devnet.walnut.WalnutContracts;
import io.walnut.devnet.walnut.WalnutDeployment;
import io.walnut.devnet.walnut.WalnutOrders;
import io.walnut.devnet.worker.Scheduler;
import io.walnut.devnet.worker.Services;
import io.walnut.devnet.worker.TaskRecord;
import io.walnut.devnet.worker.WorkerProcess;
import io.walnut.devnet.worker.WorkerpoolApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.web3j.abi.datatypes.generated.Uint256;

/**
 * A whole iExec network on this machine: a chain with the real contracts, and what iExec runs off chain.
 * Everything listens on 127.0.0.1 only, and ends with {@link #close()} or with the Java process.
 */
public final class Devnet implements AutoCloseable {

    public static final long CHAIN_ID = 65_535;

    private static final long FIRST_BLOCK = 1;
    private static final int PROVIDERS = 3;
    /** nRLC, a thousand RLC: enough for tens of thousands of open tasks. */
    private static final Uint256 STAKE = Abi.uint(1_000_000_000_000L);

    private final Accounts accounts = Accounts.ofTestMnemonic();
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Thread hook = new Thread(this::stop, "devnet-stop");
    private final Map<String, URI> endpoints = new ConcurrentHashMap<>();
    private Anvil anvil;
    private Faults faults;
    private PocoContracts poco;
    private WalnutContracts walnut;
    private Scheduler scheduler;
    /** Only in a devnet of which parts can be killed: it works in the scheduler's place. */
    private WorkerProcess worker;
    private Duration blockTime;

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
        faults = new Faults(options.faults());
        anvil = keep(Anvil.start(options.npm(), CHAIN_ID, options.rpcPort(), options.finalityDepth(),
                options.dir().resolve("anvil.log"),
                Optional.of(options.dir().resolve("chain.json")).filter(file -> options.killable())));
        endpoints.put("rpc", anvil.rpc().endpoint());
        serve("providers", service -> service.route("POST", "/{provider}", this::relay));
        var transactions = new Transactions(anvil.rpc(), CHAIN_ID);
        var store = new IpfsStore(options.dir().resolve("ipfs"), faults);
        WalnutDeployment deployment = deploy(options, transactions, store);
        var hub = new Hub(anvil.rpc(), poco);
        var sms = new Sms(hub, faults);
        sms.putAppSecret(walnut.app(), deployment.appSecret());
        sms.putDatasetKey(walnut.dataset(), deployment.datasetKey());
        var book = new OrderBook(hub);
        WalnutOrders.publish(book, accounts, walnut, options.framework());
        blockTime = options.blockTime();
        anvil.mineEvery(blockTime);
        scheduler = keep(new Scheduler(withEnclave(options), new Scheduler.Crew(walnut.workerpool(),
                accounts.scheduler(), accounts.worker()), hub, transactions, new Services(sms, store, faults)));
        if (options.killable()) {
            worker = keep(new WorkerProcess(withEnclave(options), anvil.rpc(), poco, walnut.workerpool(), sms));
            worker.start();
        } else {
            scheduler.start();
        }
        serve("sms", sms::addRoutes);
        serve("order-book", new OrderBookApi(book, hub, CHAIN_ID)::addRoutes);
        serve("gateway", store::addRoutes);
        serve("workerpool", service -> new WorkerpoolApi(scheduler, hub, CHAIN_ID, accounts.worker().address())
                .addRoutes(service));
        var console = keep(HttpService.closed(options.httpPort()));
        new Console(this, anvil, hub, book).addRoutes(console);
        endpoints.put("console", console.start().url());
        PortalProperties.write(options.dir(), endpoints, poco, walnut, accounts, options.framework(), FIRST_BLOCK);
    }

    private WalnutDeployment deploy(DevnetOptions options, Transactions transactions, IpfsStore store) {
        var batch = transactions.batch();
        poco = new PocoDeployment(options.npm(), accounts.owner(), batch).deploy(accounts.withRlc());
        var deployment = new WalnutDeployment(accounts, poco, batch);
        deployment.deploy(CHAIN_ID, providers(), options.framework(), store::add);
        walnut = deployment.deployed(batch.mine());
        for (Account staking : List.of(accounts.scheduler(), accounts.worker())) {
            batch.call(staking, poco.rlc(), Abi.call("approve(address,uint256)", Abi.address(poco.hub()), STAKE));
            batch.call(staking, poco.hub(), Abi.call("deposit(uint256)", STAKE));
        }
        batch.mine();
        return deployment;
    }

    /** Three, because the enclave wants a quorum; one node stands behind them. */
    private List<URI> providers() {
        return IntStream.rangeClosed(1, PROVIDERS).mapToObj(n -> endpoints.get("providers").resolve("/" + n)).toList();
    }

    private Response relay(Request request) {
        return new Response(200, "application/json", anvil.rpc().forward(request.body()));
    }

    private void serve(String name, Consumer<HttpService> routes) {
        HttpService service = keep(HttpService.open());
        routes.accept(service);
        endpoints.put(name, service.start().url());
    }

    private <T extends AutoCloseable> T keep(T closeable) {
        running.push(closeable);
        return closeable;
    }

    private static DevnetOptions withEnclave(DevnetOptions options) {
        var commands = new HashMap<>(options.commands());
        commands.putIfAbsent(WalnutDeployment.ENCLAVE_MULTIADDR, List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-jar", options.enclaveJar().toString()));
        return options.withCommands(commands);
    }

    /** All endpoints by name. */
    public Map<String, URI> endpoints() {
        return Map.copyOf(endpoints);
    }

    public URI rpcUrl() {
        return endpoints.get("rpc");
    }

    public URI smsUrl() {
        return endpoints.get("sms");
    }

    public URI orderBookUrl() {
        return endpoints.get("order-book");
    }

    /** Serves {@code /ipfs/CID} and takes uploads at {@code /api/v0/add}. */
    public URI ipfsUrl() {
        return endpoints.get("gateway");
    }

    /** The workerpool's API, and the compass that leads the SDK to it. */
    public URI workerpoolUrl() {
        return endpoints.get("workerpool");
    }

    /** The inspection page, with switches for faults. */
    public URI consoleUrl() {
        return endpoints.get("console");
    }

    public WalnutContracts walnut() {
        return walnut;
    }

    /** May be switched at any time. */
    public Faults faults() {
        return faults;
    }

    /** Replaces the last {@code depth} blocks by empty ones; their transactions are gone. */
    public void reorg(int depth) {
        anvil.reorg(depth);
    }

    /** Kills the chain's process; {@link #restartChain()} brings it back without its last block or two. */
    public void killChain() {
        anvil.kill();
    }

    public void restartChain() {
        anvil.restart(blockTime);
    }

    /** The number of the newest block. */
    public long head() {
        return anvil.rpc().blockNumber();
    }

    /** Kills the process of scheduler and worker, and the apps that it runs. */
    public void killWorker() {
        worker.kill();
    }

    public void restartWorker() {
        worker.start();
    }

    /** Moves the chain's clock forward. */
    public void advance(Duration time) {
        anvil.advance(time);
    }

    /** The tasks seen since the start. */
    public Collection<TaskRecord> tasks() {
        return scheduler.tasks();
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
            throw new DevnetException("DIR_UNUSABLE", "the folder " + dir + " cannot be made: choose another", e);
        }
        if (!Files.isWritable(dir)) {
            throw new DevnetException("DIR_UNUSABLE", "the folder " + dir + " cannot be written to: choose another");
        }
    }
}
