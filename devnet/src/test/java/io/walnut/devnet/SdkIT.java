package io.walnut.devnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The official SDKs as they are published, against the devnet. */
@Timeout(240)
class SdkIT {

    private static final String SAMPLE = "docker.io/walnut/sample:1";
    private static final Path SCRIPTS = Path.of("src/test/sdk");
    private static final int INSTALL_LIMIT = 180;
    private static final int RUN_LIMIT = 120;

    @TempDir
    private static Path dir;
    private static Devnet devnet;

    @BeforeAll
    static void start() throws Exception {
        run(INSTALL_LIMIT, Map.of(), "node", "npm/install.mjs", SCRIPTS.toString());
        devnet = Devnet.start(DevnetOptions.in(dir).withCommands(Map.of(SAMPLE, DevnetIT.sampleCommand())));
    }

    @AfterAll
    static void stop() {
        if (devnet != null) {
            devnet.close();
        }
    }

    @Test
    void sdk9RunsATaskOnTdx() throws Exception {
        runScenario("tdx", 0);
    }

    @Test
    void sdk8RunsATaskOnScone() throws Exception {
        runScenario("scone", 2);
    }

    /** @param firstAccount of two free accounts that no other scenario uses */
    private static void runScenario(String framework, int firstAccount) throws Exception {
        var config = Map.of("rpc", devnet.rpcUrl(), "hub", devnet.poco().hub().toString(), "sms", devnet.smsUrl(),
                "orderBook", devnet.orderBookUrl(), "ipfs", devnet.ipfsUrl(), "multiaddr", SAMPLE,
                "framework", framework, "compass", devnet.workerpoolUrl(),
                "developerKey", devnet.accounts().free().get(firstAccount).privateKey(),
                "requesterKey", devnet.accounts().free().get(firstAccount + 1).privateKey());
        run(RUN_LIMIT, Map.of("DEVNET", JsonMapper.shared().writeValueAsString(config)), "node",
                SCRIPTS.resolve(framework + ".mjs").toString());
    }

    private static void run(int limit, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(dir, "node", ".log");
        var builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(limit, TimeUnit.SECONDS);
        process.destroyForcibly();
        String printed = Files.readString(output);
        assertEquals(0, ended ? process.exitValue() : -1, String.join(" ", command) + "\n" + printed);
        System.out.println(printed);
    }
}
