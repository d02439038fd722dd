package io.walnut.devnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.devnet.orderbook.Order;
import io.walnut.devnet.orderbook.OrderKind;
import io.walnut.devnet.poco.Task;
import io.walnut.devnet.rpc.Abi;
import io.walnut.devnet.rpc.AbiReader;
import io.walnut.devnet.sample.SampleApp;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real chain, real contracts, real processes; an app of the tests' own. */
@Timeout(120)
class DevnetIT {

    private static final Path DIR = SharedDevnet.dir();

    private static Devnet devnet;
    private static TestRequester requester;

    @BeforeAll
    static void start() {
        devnet = SharedDevnet.get();
        requester = new TestRequester(devnet, devnet.accounts().requester());
        requester.stake(1_000_000_000L);
    }

    static List<String> sampleCommand() {
        return List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx64m", "-XX:+UseSerialGC",
                "-cp", SampleApp.class.getProtectionDomain().getCodeSource().getLocation().getPath(),
                SampleApp.class.getName());
    }

    @Test
    void escrowKnowsTheSignerOfTheKeyShares() {
        byte[] answer = requester.hub().rpc().ethCall(devnet.walnut().escrow(),
                Abi.call("isSigner(address)", Abi.address(devnet.walnut().signer())));
        assertEquals(1, AbiReader.of(answer).uint(0).intValueExact());
    }

    @Test
    void portalPropertiesNameEverything() throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(DIR.resolve("portal.properties"))) {
            properties.load(in);
        }
        assertEquals(devnet.walnut().escrow().toString(), properties.getProperty("walnut.escrow.address"));
        assertEquals("tdx", properties.getProperty("walnut.iexec.framework"));
        for (String key : List.of("walnut.treasury", "walnut.relayer", "walnut.iexec.requester")) {
            assertTrue(Files.isReadable(Path.of(properties.getProperty(key + ".keystore"))), key);
            assertTrue(Files.isReadable(Path.of(properties.getProperty(key + ".keystore-password-file"))), key);
        }
    }

    @Test
    void taskRunsFromMatchToEncryptedResult() throws Exception {
        Order app = requester.deployApp(SharedDevnet.SAMPLE);
        Order workerpool = requester.bestOrder(OrderKind.WORKERPOOL, "category=0&minTag=" + Framework.TDX.tag());
        var keys = new ResultKeys();
        assertEquals(204, requester.pushResultKey(keys.secret()));
        assertEquals(204, requester.pushRequesterSecret("greeting", "hush hush".getBytes(StandardCharsets.UTF_8)));

        URI input = requester.upload("an input".getBytes(StandardCharsets.UTF_8));
        Bytes32 id = requester.request(app, null, workerpool, "{\"iexec_args\":\"one 'two three'\","
                + "\"iexec_input_files\":[\"" + input + "\"],"
                + "\"iexec_secrets\":{\"1\":\"greeting\"},\"iexec_result_encryption\":true,"
                + "\"iexec_result_storage_provider\":\"ipfs\"}");
        Task task = requester.await(id, Task.Status.COMPLETED);

        String report = new String(keys.open(requester.download(task)).get("result.txt"), StandardCharsets.UTF_8);
        assertTrue(report.contains("arguments=one|two three\n"), report);
        assertTrue(report.contains("IEXEC_REQUESTER_SECRET_1=hush hush\n"), report);
        assertTrue(report.contains("input=an input\n"), report);
        assertTrue(report.contains("IEXEC_TASK_ID=" + id + "\n"), report);
        assertFalse(report.contains("HOME="), "the app sees our environment: " + report);
        devnet.tasks().forEach(record -> record.entries().forEach(entry ->
                assertFalse(entry.text().contains("hush"), "a secret is shown: " + entry.text())));
        assertFalse(Files.exists(DIR.resolve("tasks").resolve(id.toString())), "decrypted files are left");
    }

    @Test
    void callbackDataReachesTheHub() {
        Order app = requester.deployApp(SharedDevnet.SAMPLE);
        Order workerpool = requester.bestOrder(OrderKind.WORKERPOOL, "category=0&minTag=" + Framework.TDX.tag());
        Bytes32 task = requester.request(app, null, workerpool, "{}", devnet.poco().rlc());
        requester.await(task, Task.Status.COMPLETED);
        byte[] result = requester.hub().rpc().ethCall(devnet.poco().hub(),
                Abi.call("resultFor(bytes32)", Abi.bytes32(task)));
        assertEquals("0xc0ffee", Hex.encode(AbiReader.of(result).bytes(0)));
    }

    @Test
    void appWithoutMeasurementDoesNotRunUnderScone() {
        Order tdx = requester.deployApp(SharedDevnet.SAMPLE);
        Order app = Order.signed(OrderKind.APP, Map.of("app", tdx.address("app"), "volume", 1,
                "tag", Framework.SCONE.tag()), requester.account(), requester.hub().domainSeparator());
        Order workerpool = requester.bestOrder(OrderKind.WORKERPOOL, "category=0&minTag=" + Framework.SCONE.tag());
        Bytes32 task = requester.request(app, null, workerpool, "{}");
        requester.awaitStage(task, "app failed");
        assertEquals(Task.Status.ACTIVE, requester.hub().task(task).status());
    }

    @Test
    void appThatIsUnknownHereIsNotRun() {
        Order app = requester.deployApp("docker.io/nobody/knows:1");
        Order workerpool = requester.bestOrder(OrderKind.WORKERPOOL, "category=0&minTag=" + Framework.TDX.tag());
        requester.awaitStage(requester.request(app, null, workerpool, "{}"), "app failed");
    }
}
