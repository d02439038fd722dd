package io.walnut.ejb.iexec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.devnet.Framework;
import io.walnut.devnet.fault.Faults.Fault;
import io.walnut.ejb.iexec.hub.ClaimBack;
import io.walnut.ejb.iexec.hub.TaskCursor;
import io.walnut.ejb.iexec.hub.TaskState;
import io.walnut.ejb.iexec.hub.TaskStatus;
import io.walnut.ejb.iexec.order.TaskRequest;
import io.walnut.ejb.iexec.result.ResultArchive;
import io.walnut.ejb.iexec.result.ResultGateways;
import io.walnut.ejb.iexec.rpc.JsonRpc;
import io.walnut.ejb.iexec.sms.SecretAnswer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the client sees of each fault of the network, and how asking again goes on from there. */
@Timeout(180)
class FaultIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private static Path dir;
    private static DevnetFixture net;
    private static Address app;

    @BeforeAll
    static void start() {
        net = new DevnetFixture(dir, Framework.TDX);
        net.client.sender().send(net.client.funds().deposit(BigInteger.valueOf(10_000_000_000L)), net.requester);
        app = net.app();
        assertTrue(net.client.sms().storeAppSecret(net.requester, app, ascii("developer's")).isStored());
        assertTrue(net.client.sms().storeResultKey(net.requester, net.resultKey).isStored());
    }

    @AfterAll
    static void stop() {
        if (net != null) {
            net.close();
        }
    }

    @AfterEach
    void switchFaultsOff() {
        for (Fault fault : Fault.values()) {
            net.devnet.faults().set(fault, false);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void set(Fault fault, boolean on) {
        net.devnet.faults().set(fault, on);
    }

    private static TaskRequest matched() {
        TaskRequest request = net.request(app, Address.ZERO);
        net.storeSecrets(request);
        net.match(request);
        return request;
    }

    private static TaskState completed(TaskRequest request, TaskCursor from) {
        return net.await(request, from, TaskStatus.COMPLETED, LIMIT);
    }

    private static ResultGateways.Download download(TaskState state) {
        return net.client.results().fetch(state.result().orElseThrow());
    }

    private static void assertOpens(TaskState state) {
        var archive = assertInstanceOf(ResultGateways.Download.Archive.class, download(state));
        assertInstanceOf(ResultArchive.Opened.Files.class, ResultArchive.open(archive.bytes(), net.resultKey));
    }

    @Test
    void aFailingSmsIsTransientAndTheSecretIsStoredOnceItAnswers() {
        TaskRequest request = net.request(app, Address.ZERO);
        set(Fault.SMS_REFUSES, true);
        var failure = assertThrows(IexecException.class, () -> net.storeSecrets(request));
        assertEquals(IexecException.Code.SMS_UNAVAILABLE, failure.code());
        assertTrue(failure.isTransient());
        assertTrue(!failure.getMessage().contains("value of"), "the message holds the secret");

        set(Fault.SMS_REFUSES, false);
        assertEquals(new SecretAnswer.Stored(), net.client.sms()
                .storeRequesterSecret(net.requester, request.secretNames().get(0), ascii("x")));
    }

    @Test
    void aFailingGatewayIsToldAttemptByAttemptAndTheResultOpensOnceItAnswers() {
        TaskCursor from = net.client.tasks().now();
        TaskState state = completed(matched(), from);
        set(Fault.GATEWAY_FAILS, true);
        var missing = assertInstanceOf(ResultGateways.Download.NotAvailable.class, download(state));
        assertTrue(missing.attempts().size() >= 2, missing::toString);
        assertTrue(missing.attempts().get(0).contains("HTTP 500"), missing::toString);

        set(Fault.GATEWAY_FAILS, false);
        assertOpens(state);
    }

    @Test
    void aMissingResultIsNotAvailableThoughTheTaskCompletedAndANewRequestBringsOne() {
        set(Fault.RESULT_MISSING, true);
        TaskCursor from = net.client.tasks().now();
        TaskRequest lost = matched();
        TaskState state = completed(lost, from);
        var missing = assertInstanceOf(ResultGateways.Download.NotAvailable.class, download(state));
        assertTrue(missing.attempts().get(0).contains("HTTP 404"), missing::toString);
        // Nothing can be claimed back for a completed task: the hub's word is that the worker did its work.
        assertInstanceOf(ClaimBack.Plan.Over.class, claimPlan(lost, Instant.now().plus(Duration.ofDays(9))));

        set(Fault.RESULT_MISSING, false);
        TaskCursor again = net.client.tasks().now();
        assertOpens(completed(matched(), again));
    }

    @Test
    void aSlowTaskStaysActiveUntilItCompletes() {
        set(Fault.SLOW_TASK, true);
        TaskCursor from = net.client.tasks().now();
        TaskRequest slow = matched();
        net.await(slow, from, TaskStatus.ACTIVE, LIMIT);
        assertOpens(net.await(slow, from, TaskStatus.COMPLETED, Duration.ofSeconds(90)));
    }

    @Test
    void aTaskThatNobodyBeginsIsClaimedBackAndRequestedAgain() {
        set(Fault.SCHEDULER_IDLE, true);
        assertClaimedBack(TaskStatus.UNSET);
    }

    @Test
    void aTaskWhoseWorkerDiedIsClaimedBackAndRequestedAgain() {
        set(Fault.WORKER_DIES_BEFORE_CONTRIBUTE, true);
        assertClaimedBack(TaskStatus.ACTIVE);
    }

    @Test
    void aTaskWhoseWorkerNeverRevealsIsClaimedBackAndRequestedAgain() {
        set(Fault.WORKER_NEVER_REVEALS, true);
        assertClaimedBack(TaskStatus.REVEALING);
    }

    @Test
    void aMatchThatAReorganizationUndoesIsMatchedAgainToTheSameDeal() {
        long before = block();
        // Empty blocks, so that one more mined meanwhile changes nothing in what the reorganization undoes.
        for (int i = 0; i < 3; i++) {
            net.client.rpc().call("evm_mine");
        }
        TaskRequest request = matched();
        net.devnet.reorg((int) (block() - before) - 1);
        assertTrue(net.client.hub().deal(request.deal()).isEmpty(), "the reorganization undid nothing");

        TaskCursor from = net.client.tasks().now();
        net.match(request);
        assertEquals(request.task(), net.client.hub().deal(request.deal()).orElseThrow().task(0));
        assertOpens(completed(request, from));
    }

    private static void assertClaimedBack(TaskStatus stuckIn) {
        BigInteger stake = net.client.hub().account(net.requester.address()).stake();
        TaskCursor from = net.client.tasks().now();
        TaskRequest stuck = matched();
        net.await(stuck, from, stuckIn, LIMIT);
        assertInstanceOf(ClaimBack.Plan.NotYet.class, claimPlan(stuck, chainTime()));

        net.client.rpc().call("evm_increaseTime", net.client.hub().timeLimit(BigInteger.ZERO).toSeconds() + 5);
        net.client.rpc().call("evm_mine");
        var claim = assertInstanceOf(ClaimBack.Plan.Claim.class, claimPlan(stuck, chainTime()));
        net.client.sender().send(claim.call(), net.requester);
        net.await(stuck, from, TaskStatus.FAILED, LIMIT);
        assertEquals(stake, net.client.hub().account(net.requester.address()).stake());

        for (Fault fault : Fault.values()) {
            set(fault, false);
        }
        TaskCursor again = net.client.tasks().now();
        assertOpens(completed(matched(), again));
    }

    private static long block() {
        return JsonRpc.quantity(net.client.rpc().call("eth_blockNumber")).longValue();
    }

    private static Instant chainTime() {
        return net.client.tasks().tick(net.client.tasks().now(), List.of()).chainTime();
    }

    private static ClaimBack.Plan claimPlan(TaskRequest request, Instant chainTime) {
        var deal = net.client.hub().deal(request.deal()).orElseThrow();
        return net.client.claimBack().plan(deal, request.task(),
                net.client.hub().timeLimit(deal.category()), chainTime);
    }
}
