package io.walnut.devnet.worker;

import io.walnut.contracts.Address;
import io.walnut.devnet.Accounts;
import io.walnut.devnet.Devnet;
import io.walnut.devnet.DevnetException;
import io.walnut.devnet.DevnetOptions;
import io.walnut.devnet.fault.Faults;
import io.walnut.devnet.http.HttpService;
import io.walnut.devnet.poco.Hub;
import io.walnut.devnet.poco.PocoContracts;
import io.walnut.devnet.process.Children;
import io.walnut.devnet.rpc.Rpc;
import io.walnut.devnet.rpc.Transactions;
import io.walnut.devnet.store.IpfsStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * Scheduler and worker as a process of their own, which can be killed at any moment and started again. What
 * they have computed is kept in the devnet's folder; all else they read from the chain.
 */
public final class WorkerProcess implements AutoCloseable {

    private static final String TOKEN = "WALNUT_WORKER_TOKEN";

    /** All that the process is told; in a file of the devnet's folder. */
    record Settings(String rpc, String vault, String hub, String rlc, String appRegistry, String datasetRegistry,
            String workerpoolRegistry, String workerpool, Map<String, List<String>> commands, int appMemory) {
    }

    private final Path dir;
    private final Path file;
    private final HttpService vault;
    private final String token = UUID.randomUUID().toString();
    private Process process;

    public WorkerProcess(DevnetOptions options, Rpc chain, PocoContracts poco, Address workerpool, Secrets secrets) {
        this.dir = options.dir();
        this.file = dir.resolve("worker.json");
        this.vault = HttpService.closed(0);
        SecretsOverHttp.addRoutes(vault, secrets, token);
        vault.start();
        var settings = new Settings(chain.endpoint().toString(), vault.url().toString(), poco.hub().hex(),
                poco.rlc().hex(), poco.appRegistry().hex(), poco.datasetRegistry().hex(),
                poco.workerpoolRegistry().hex(), workerpool.hex(), options.commands(), options.appMemory());
        try {
            Files.writeString(file, JsonMapper.shared().writeValueAsString(settings));
        } catch (IOException e) {
            throw new DevnetException("DIR_UNUSABLE", "the folder " + dir + " cannot be written to", e);
        }
    }

    /** Starts it, also again. */
    public void start() {
        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx96m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), WorkerProcess.class.getName(), file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(dir.resolve("worker.log").toFile()));
        builder.environment().put(TOKEN, token);
        try {
            process = Children.start(builder);
        } catch (IOException e) {
            throw new DevnetException("WORKER_FAILED", "the worker could not be started: " + e.getMessage(), e);
        }
    }

    /** Ends it at once, and the apps that it runs with it. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        vault.close();
    }

    /** The process itself. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path file = Path.of(arguments[0]);
        Settings settings = JsonMapper.shared().readValue(Files.readString(file), Settings.class);
        var rpc = new Rpc(URI.create(settings.rpc()));
        var hub = new Hub(rpc, new PocoContracts(Address.parse(settings.hub()), Address.parse(settings.rlc()),
                Address.parse(settings.appRegistry()), Address.parse(settings.datasetRegistry()),
                Address.parse(settings.workerpoolRegistry())));
        DevnetOptions options = DevnetOptions.in(file.toAbsolutePath().getParent()).withCommands(settings.commands())
                .withAppMemory(settings.appMemory());
        Accounts accounts = Accounts.ofTestMnemonic();
        var faults = new Faults(Set.of());
        var services = new Services(new SecretsOverHttp(URI.create(settings.vault()), System.getenv(TOKEN)),
                new IpfsStore(options.dir().resolve("ipfs"), faults), faults);
        new Scheduler(options, new Scheduler.Crew(Address.parse(settings.workerpool()), accounts.scheduler(),
                accounts.worker()), hub, new Transactions(rpc, Devnet.CHAIN_ID), services).start();
        Thread.currentThread().join();
    }
}
