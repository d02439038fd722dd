package io.walnut.ear;

import static io.walnut.ear.Api.ADAM;
import static io.walnut.ear.Api.NOBODY;
import static io.walnut.ear.Api.PATIENCE;
import static io.walnut.ear.Api.TINA;
import static io.walnut.ear.Api.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.devnet.fault.Faults.Fault;
import io.walnut.devnet.poco.Deal;
import io.walnut.devnet.poco.Hub;
import io.walnut.devnet.poco.Task;
import io.walnut.devnet.rpc.Abi;
import io.walnut.devnet.rpc.AbiReader;
import io.walnut.devnet.rpc.Rpc;
import io.walnut.devnet.walnut.WalnutOrders;
import java.io.File;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Every fault of the network, as the treasurer sees it in the batch, and how the batch gets ready after all.
 * Each batch has two payments; in the end both have their vouchers, one is claimed, and iExec was paid for
 * completed tasks only. The last class of a run: it moves the chain's clock hours ahead.
 */
@ExtendWith(ArquillianExtension.class)
@Order(Integer.MAX_VALUE)
class PortalFaultsIT {
    private static final String PAID = "1230000000000000000";
    private static final String KEPT = "4560000000000000000";
    /** A constant of the contracts: a task ends within so many times its category's time. */
    private static final int FINAL_DEADLINE_RATIO = 10;
    private static final int MAX_ATTEMPTS = 3;

    private final Hub hub = new Hub(new Rpc(TestBed.chain()), TestBed.devnet().poco());

    @Deployment(testable = false)
    static EnterpriseArchive portal() {
        return ShrinkWrap.createFromZipFile(EnterpriseArchive.class, new File(System.getProperty("walnut.it.ear")));
    }

    @AfterEach
    void switchFaultsOff() {
        for (Fault fault : Fault.values()) {
            off(fault);
        }
    }

    @Test
    void whatPassesIsWaitedForAndCostsNoSecondTask() {
        BigInteger before = money();
        on(Fault.SMS_REFUSES);
        String batch = fund("passing faults");
        JsonNode refused = awaitTask(batch, "prepared", "HTTP 503");
        Bytes32 deal = Bytes32.parse(refused.get("deal_id").asString());

        on(Fault.SCHEDULER_IDLE);
        undoMatch(deal, () -> off(Fault.SMS_REFUSES));
        await("the deal again", () -> hub.deal(deal).isPresent());
        awaitTask(batch, "running", "The worker pool's scheduler has not begun the task yet.");

        on(Fault.SLOW_TASK);
        on(Fault.GATEWAY_FAILS);
        off(Fault.SCHEDULER_IDLE);
        awaitNote(refused, "the app waits");
        awaitTask(batch, "running", "A worker computes the task; if it is not done by ");
        awaitTask(batch, "computed", "HTTP 500");
        off(Fault.GATEWAY_FAILS);

        assertReady(batch, 1);
        assertEquals(deal, Bytes32.parse(task(batch).get("deal_id").asString()));
        assertPaid(List.of(batch));
        assertEquals(price(1), before.subtract(money()));
    }

    @Test
    void whatNeverCompletesIsClaimedBackAndAskedAgain() {
        BigInteger before = money();
        on(Fault.WORKER_DIES_BEFORE_CONTRIBUTE);
        String dead = fund("the worker dies");
        JsonNode deadTask = awaitActive(dead);
        String lost = fund("the result is missing");
        awaitNote(deadTask, "the worker ends here");
        off(Fault.WORKER_DIES_BEFORE_CONTRIBUTE);

        on(Fault.RESULT_MISSING);
        JsonNode lostTask = awaitActive(lost);
        String silent = fund("the worker never reveals");
        awaitNote(lostTask, "result removed");
        off(Fault.RESULT_MISSING);
        awaitNote(lostTask, "revealed");

        on(Fault.WORKER_NEVER_REVEALS);
        awaitActive(silent);
        on(Fault.SCHEDULER_IDLE);
        String idle = fund("nobody begins");

        awaitTask(dead, "running", "A worker computes the task; if it is not done by ");
        awaitTask(lost, "computed", "HTTP 404");
        awaitTask(silent, "running", "The result is computed and about to be revealed; if it is not done by ");
        JsonNode idleTask = awaitTask(idle, "running", "The worker pool's scheduler has not begun the task yet.");

        var batches = new LinkedHashMap<String, String>();
        for (String batch : List.of(dead, silent, idle)) {
            batches.put(batch, "Attempt 1 failed: The task did not complete in time; its price was claimed back.");
        }
        batches.put(lost, "Attempt 1 failed: The task completed, but no gateway had its result by ");
        Chain.hold();
        try {
            passFinalDeadlines(idleTask);
            switchFaultsOff();
            awaitSecondAttempts(batches);
        } finally {
            Chain.goOn();
        }
        batches.keySet().forEach(batch -> assertReady(batch, 2));
        assertPaid(List.copyOf(batches.keySet()));
        // The task whose result was lost had completed: the worker had done its work, and is paid for it.
        assertEquals(price(5), before.subtract(money()));
    }

    @Test
    void whatFailsTooOftenIsLeftToTheTreasurerWhoAsksAgain() {
        BigInteger before = money();
        on(Fault.SCHEDULER_IDLE);
        String batch = fund("nobody ever begins");
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            int wanted = attempt;
            JsonNode seen = TINA.await("batches/" + batch, PATIENCE, task(t -> t.get("attempt").asInt() == wanted
                && t.get("failure").asString("").startsWith("The worker pool's scheduler has not begun")));
            awaitNote(taskOf(seen), "not initialized");
            passFinalDeadlines(taskOf(seen));
        }
        JsonNode failed = TINA.await("batches/" + batch, PATIENCE, state("failed"));
        assertEquals("task_failed", failed.get("failure").get("code").asString());
        assertEquals("The task did not complete in time; its price was claimed back. After " + MAX_ATTEMPTS
            + " attempts, retry it by hand.", failed.get("failure").get("message").asString());
        assertEquals("failed", failed.get("deposits").get(0).get("state").asString());
        assertEquals(before, money());

        switchFaultsOff();
        TINA.post("batches/" + batch + "/retry").expect(200);
        assertReady(batch, MAX_ATTEMPTS + 1);
        assertPaid(List.of(batch));
        assertEquals(price(1), before.subtract(money()));
    }

    private static void on(Fault fault) {
        TestBed.devnet().faults().set(fault, true);
    }

    private static void off(Fault fault) {
        TestBed.devnet().faults().set(fault, false);
    }

    private static String fund(String title) {
        String batch = TINA.post("batches", "{\"title\":\"" + title + "\",\"payments\":[{\"amount\":\"" + PAID
            + "\"},{\"amount\":\"" + KEPT + "\"}]}").expect(201).get("id").asString();
        TINA.post("batches/" + batch + "/submit").expect(200);
        ADAM.post("batches/" + batch + "/approve").expect(200);
        TINA.post("batches/" + batch + "/fund").expect(200);
        return batch;
    }

    private static JsonNode task(String batch) {
        return taskOf(TINA.get("batches/" + batch).expect(200));
    }

    private static JsonNode taskOf(JsonNode batch) {
        return batch.get("deposits").get(0).get("task");
    }

    /** What the treasurer sees while the batch waits: that it computes, and why it does not get on. */
    private static JsonNode awaitTask(String batch, String state, String why) {
        JsonNode seen = TINA.await("batches/" + batch, PATIENCE, task(t -> state(state).test(t)
            && t.get("failure").asString("").contains(why)));
        assertEquals("computing", seen.get("state").asString());
        assertEquals("computing", seen.get("deposits").get(0).get("state").asString());
        assertTrue(seen.get("failure").isNull(), seen::toString);
        assertEquals(1, taskOf(seen).get("attempt").asInt());
        return taskOf(seen);
    }

    private static Predicate<JsonNode> task(Predicate<JsonNode> wanted) {
        return batch -> taskOf(batch).isObject() && wanted.test(taskOf(batch));
    }

    /** Makes a block only when all have been looked at: a second attempt runs from its block on, and says other things. */
    private static void awaitSecondAttempts(Map<String, String> batches) {
        var waiting = new LinkedHashMap<>(batches);
        await("second attempts", () -> {
            waiting.entrySet().removeIf(batch -> isSecondAttempt(batch.getKey(), batch.getValue()));
            if (!waiting.isEmpty()) {
                Chain.mine();
                pause(1_000);
            }
            return waiting.isEmpty();
        });
    }

    private static boolean isSecondAttempt(String batch, String why) {
        JsonNode seen = TINA.get("batches/" + batch).expect(200);
        if (taskOf(seen).get("attempt").asInt() == 1) {
            return false;
        }
        assertEquals(2, taskOf(seen).get("attempt").asInt());
        assertEquals("computing", seen.get("state").asString());
        assertTrue(taskOf(seen).get("failure").asString("").contains(why), seen::toString);
        return true;
    }

    /** Waits until the scheduler has begun the batch's task. */
    private JsonNode awaitActive(String batch) {
        JsonNode task = taskOf(TINA.await("batches/" + batch, PATIENCE, task(state("running"))));
        await("a worker for " + batch, () -> hub.task(taskId(task)).status() != Task.Status.UNSET);
        return task;
    }

    private static void awaitNote(JsonNode task, String text) {
        await(text, () -> TestBed.devnet().tasks().stream().filter(record -> record.id().equals(taskId(task)))
            .flatMap(record -> record.entries().stream()).anyMatch(entry -> entry.text().contains(text)));
    }

    private static void await(String what, BooleanSupplier wanted) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!wanted.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), "waited in vain for " + what);
            pause(100);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Bytes32 taskId(JsonNode task) {
        return Bytes32.parse(task.get("task_id").asString());
    }

    /**
     * Mines by itself meanwhile, so that the match is surely in the last block, and that block is surely not final.
     *
     * @param release lets the match be made, which must not be in a block before
     */
    private void undoMatch(Bytes32 deal, Runnable release) {
        Chain.hold();
        try {
            release.run();
            await("the deal", () -> {
                Chain.mine();
                return hub.deal(deal).isPresent();
            });
            Chain.undoLastBlock();
            assertTrue(hub.deal(deal).isEmpty(), "the reorganization undid nothing");
        } finally {
            Chain.goOn();
        }
    }

    private void passFinalDeadlines(JsonNode lastTask) {
        Deal deal = hub.deal(Bytes32.parse(lastTask.get("deal_id").asString())).orElseThrow();
        TestBed.devnet().advance(hub.categoryTime(deal).multipliedBy(FINAL_DEADLINE_RATIO).plusSeconds(5));
    }

    private static void assertReady(String batch, int attempt) {
        JsonNode ready = TINA.await("batches/" + batch, PATIENCE, state("ready"));
        JsonNode deposit = ready.get("deposits").get(0);
        assertEquals("signed", deposit.get("state").asString());
        assertEquals("completed", deposit.get("task").get("state").asString());
        assertEquals(attempt, deposit.get("task").get("attempt").asInt());
        assertTrue(deposit.get("task").get("failure").isNull(), ready::toString);
    }

    /** All vouchers are there; the first link of each batch is claimed, by two at once, and paid to one, once. */
    private static void assertPaid(List<String> batches) {
        var recipients = new ArrayList<Recipient>();
        var claimed = new ArrayList<JsonNode>();
        for (String batch : batches) {
            JsonNode links = TINA.get("links?batch=" + batch).expect(200).get("data");
            assertEquals(2, links.size());
            links.forEach(link -> assertEquals("ready", link.get("state").asString()));
            JsonNode link = links.get(0).get("amount").asString().equals(PAID) ? links.get(0) : links.get(1);
            String url = TINA.post("links/" + link.get("id").asString() + "/reveal").expect(200).get("url").asString();
            var recipient = new Recipient();
            // Once it is in a block, everybody is answered with the payment.
            Chain.hold();
            try {
                NOBODY.post("claims", recipient.claim(url, 0).toString()).expect(202);
                assertEquals("claim_in_flight",
                    NOBODY.post("claims", new Recipient().claim(url, 0).toString()).problem(409));
            } finally {
                Chain.goOn();
            }
            recipients.add(recipient);
            claimed.add(link);
        }
        for (int i = 0; i < claimed.size(); i++) {
            TINA.await("links/" + claimed.get(i).get("id").asString(), PATIENCE, state("claimed"));
            assertEquals(new BigInteger(PAID), recipients.get(i).balance());
            JsonNode links = TINA.get("links?batch=" + batches.get(i)).expect(200).get("data");
            assertEquals(1, links.valueStream().filter(state("ready")).count());
        }
    }

    /** The requester's RLC, in wallet and stake, once no deal has any of it locked. */
    private BigInteger money() {
        var requester = TestBed.devnet().accounts().requester().address();
        await("all deals to be over", () -> read(hub.contracts().hub(), "viewAccount(address)", requester).uint(1)
            .signum() == 0);
        return read(hub.contracts().rlc(), "balanceOf(address)", requester).uint(0)
            .add(read(hub.contracts().hub(), "viewAccount(address)", requester).uint(0));
    }

    private AbiReader read(Address contract, String call, Address argument) {
        return AbiReader.of(hub.rpc().ethCall(contract, Abi.call(call, Abi.address(argument))));
    }

    private static BigInteger price(int tasks) {
        return BigInteger.valueOf(tasks * WalnutOrders.WORKERPOOL_PRICE);
    }
}
