package io.walnut.devnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.walnut.contracts.Bytes32;
import io.walnut.devnet.fault.Faults.Fault;
import io.walnut.devnet.orderbook.Order;
import io.walnut.devnet.orderbook.OrderKind;
import io.walnut.devnet.poco.Task;
import io.walnut.devnet.rpc.Abi;
import io.walnut.devnet.rpc.AbiReader;
import io.walnut.devnet.rpc.RpcException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each switch does to a task, and that the funds come back. */
@Timeout(120)
class FaultsIT {

    private static final String SAMPLE = "docker.io/walnut/sample:1";
    /** Ten times the time of the smallest category. */
    private static final Duration FINAL_DEADLINE = Duration.ofSeconds(10 * 300);
    private static final long STAKE = 1_000_000_000L;

    @TempDir
    private static Path dir;
    private static Devnet devnet;
    private static TestRequester requester;
    private static Order app;
    private static Order workerpool;

    @BeforeAll
    static void start() {
        devnet = Devnet.start(DevnetOptions.in(dir).withCommands(Map.of(SAMPLE, DevnetIT.sampleCommand())));
        requester = new TestRequester(devnet, devnet.accounts().requester());
        requester.stake(STAKE);
        app = requester.deployApp(SAMPLE);
        workerpool = requester.bestOrder(OrderKind.WORKERPOOL, "category=0&minTag=" + Framework.TDX.tag());
    }

    @AfterAll
    static void stop() {
        devnet.close();
    }

    @AfterEach
    void allSwitchesOff() {
        for (Fault fault : Fault.values()) {
            devnet.faults().set(fault, false);
        }
    }

    @Test
    void taskOfADeadWorkerIsClaimedBack() {
        devnet.faults().set(Fault.WORKER_DIES_BEFORE_CONTRIBUTE, true);
        BigInteger before = stake();
        Bytes32 task = request();
        requester.awaitStage(task, "worker dead");
        assertEquals(Task.Status.ACTIVE, requester.hub().task(task).status());
        claimBack(task);
        assertEquals(before, stake());
    }

    @Test
    void taskThatIsNeverRevealedIsClaimedBack() {
        devnet.faults().set(Fault.WORKER_NEVER_REVEALS, true);
        BigInteger before = stake();
        Bytes32 task = request();
        requester.awaitStage(task, "unrevealed");
        assertEquals(Task.Status.REVEALING, requester.hub().task(task).status());
        claimBack(task);
        assertEquals(before, stake());
    }

    @Test
    void missingResultIsNotFoundThoughTheTaskCompletes() {
        devnet.faults().set(Fault.RESULT_MISSING, true);
        Task task = requester.await(request(), Task.Status.COMPLETED);
        assertEquals(404, requester.get(location(task)).statusCode());
    }

    @Test
    void failingGatewayRecovers() {
        Task task = requester.await(request(), Task.Status.COMPLETED);
        devnet.faults().set(Fault.GATEWAY_FAILS, true);
        assertEquals(500, requester.get(location(task)).statusCode());
        devnet.faults().set(Fault.GATEWAY_FAILS, false);
        assertEquals(200, requester.get(location(task)).statusCode());
    }

    @Test
    void refusingSmsStoresNothing() {
        devnet.faults().set(Fault.SMS_REFUSES, true);
        assertEquals(503, requester.pushRequesterSecret("refused", new byte[] {1}));
        devnet.faults().set(Fault.SMS_REFUSES, false);
        assertEquals(404, requester.head(devnet.smsUrl()
                .resolve("/requesters/" + requester.account().address() + "/secrets/refused")));
        assertEquals(204, requester.pushRequesterSecret("refused", new byte[] {1}));
    }

    @Test
    void idleSchedulerLeavesTheTaskUnset() {
        devnet.faults().set(Fault.SCHEDULER_IDLE, true);
        Bytes32 task = request();
        requester.awaitStage(task, "idle");
        assertEquals(Task.Status.UNSET, requester.hub().task(task).status());
        devnet.faults().set(Fault.SCHEDULER_IDLE, false);
        requester.await(task, Task.Status.COMPLETED);
    }

    @Test
    void slowTaskCompletesLate() {
        devnet.faults().set(Fault.SLOW_TASK, true);
        Bytes32 task = request();
        requester.awaitStage(task, "computing");
        assertEquals(Task.Status.ACTIVE, requester.hub().task(task).status());
        requester.await(task, Task.Status.COMPLETED);
    }

    @Test
    void reorganizedTaskCompletesAgain() {
        Bytes32 task = request();
        requester.await(task, Task.Status.COMPLETED);
        devnet.reorg(2);
        Task.Status after = requester.hub().task(task).status();
        assertEquals(false, after == Task.Status.COMPLETED, "the reorganization took nothing back");
        requester.await(task, Task.Status.COMPLETED);
    }

    @Test
    void taskOfADealThatIsReorganizedAwayIsForgotten() {
        devnet.faults().set(Fault.SCHEDULER_IDLE, true);
        devnet.advance(Duration.ofSeconds(1));
        long before = requester.hub().rpc().blockNumber();
        Bytes32 task = request();
        requester.awaitStage(task, "idle");
        // One more, should a block come in between: the empty one that the clock made.
        devnet.reorg((int) (requester.hub().rpc().blockNumber() - before) + 1);
        devnet.faults().set(Fault.SCHEDULER_IDLE, false);
        requester.awaitStage(task, "unknown");
        requester.await(request(), Task.Status.COMPLETED);
    }

    @Test
    void switchesAndStateAreServedOverHttp() {
        URI console = devnet.consoleUrl();
        assertEquals(204, put(console.resolve("/faults/slow_task/on")));
        JsonNode state = JsonMapper.shared().readTree(requester.get(console.resolve("/state")).body());
        assertEquals(true, state.get("faults").get("SLOW_TASK").asBoolean());
        assertEquals(2, state.get("chain").get("head").asLong() - state.get("chain").get("finalized").asLong());
        assertEquals(204, put(console.resolve("/faults/SLOW_TASK/off")));
        assertEquals(404, put(console.resolve("/faults/unknown/on")));
        assertEquals(400, put(console.resolve("/reorg/100000")));
    }

    private static Bytes32 request() {
        return requester.request(app, null, workerpool, "{\"iexec_result_storage_provider\":\"ipfs\"}");
    }

    private static void claimBack(Bytes32 task) {
        byte[] claim = Abi.call("claim(bytes32)", Abi.bytes32(task));
        assertThrows(RpcException.class, () -> requester.execute(devnet.poco().hub(), claim));
        devnet.advance(FINAL_DEADLINE);
        requester.execute(devnet.poco().hub(), claim);
        assertEquals(Task.Status.FAILED, requester.hub().task(task).status());
    }

    private static BigInteger stake() {
        return AbiReader.of(requester.hub().rpc().ethCall(devnet.poco().hub(),
                Abi.call("balanceOf(address)", Abi.address(requester.account().address())))).uint(0);
    }

    private static URI location(Task task) {
        JsonNode results = JsonMapper.shared().readTree(task.results());
        return devnet.ipfsUrl().resolve(results.get("location").asString());
    }

    private static int put(URI url) {
        return requester.send(HttpRequest.newBuilder(url).PUT(BodyPublishers.noBody())).statusCode();
    }
}
