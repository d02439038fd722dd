package io.walnut.ejb.iexec.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.ejb.iexec.order.DealId;
import io.walnut.ejb.iexec.order.TaskId;
import io.walnut.ejb.iexec.order.TaskRequest;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Following tasks, and claiming back those that nobody completes. */
class TaskWatchTest extends PocoMarket {

    @Test
    void theProbeAndTheHubsOwnViewAgree() {
        TaskRequest begun = match();
        TaskRequest waiting = match();
        begin(begun);
        var tasks = List.of(begun.task(), waiting.task());
        List<TaskState> states = probe(client.hub().address(), tasks);
        assertEquals(tasks.stream().map(client.hub()::task).toList(), states);
        assertEquals(TaskStatus.ACTIVE, states.get(0).status());
        assertTrue(states.get(0).finalDeadline().isPresent());
        assertEquals(TaskStatus.UNSET, states.get(1).status());
    }

    private static List<TaskState> probe(Address hub, List<TaskId> tasks) {
        var call = TaskProbe.call(hub, tasks);
        return TaskProbe.read(client.rpc().call(call.method(), call.params().toArray()).asText(), tasks);
    }

    @Test
    void aProbeOfSomethingElseThanAHubGivesNoStates() {
        assertEquals(List.of(), probe(owner.address(), List.of(request().task())));
    }

    @Test
    void aTickCostsTheSameForTenAndForTenThousandOpenTasksAndSeesTheEvents() {
        var open = new ArrayList<TaskId>();
        TaskCursor cursor = client.tasks().now();
        TaskRequest begun = match();
        begin(begun);
        for (int i = 0; i < 10_000; i++) {
            open.add(unknownTask(i));
        }
        open.add(begun.task());

        long before = client.rpc().requests();
        TaskWatch.Tick many = client.tasks().tick(cursor, open);
        long costOfMany = client.rpc().requests() - before;
        assertEquals(TaskStatus.ACTIVE, many.states().get(begun.task()).status());

        before = client.rpc().requests();
        TaskWatch.Tick few = client.tasks().tick(cursor, open.subList(9_991, 10_001));
        long costOfFew = client.rpc().requests() - before;
        assertEquals(10, few.states().size());
        assertEquals(costOfFew, costOfMany);
        assertTrue(costOfMany <= 4, () -> costOfMany + " requests");
    }

    @Test
    void aCursorFarBehindSkipsAheadToWhatHappensNow() {
        for (int i = 0; i < 40; i++) {
            client.rpc().call("evm_mine");
        }
        TaskRequest begun = match();
        begin(begun);
        var open = new ArrayList<TaskId>();
        for (int i = 0; i < TaskProbe.MAX_TASKS; i++) {
            open.add(unknownTask(i));
        }
        open.add(begun.task());
        var tick = client.tasks().tick(new TaskCursor(0, 16, 0), open);
        assertEquals(TaskStatus.ACTIVE, tick.states().get(begun.task()).status());
        assertTrue(tick.next().block() > 40);
        assertEquals(32, tick.next().range());
    }

    private static TaskId unknownTask(int index) {
        return new DealId(random()).task(BigInteger.valueOf(index));
    }

    @Test
    void everyOpenTaskHasItsTurnEvenWhenNoEventIsSeen() {
        TaskRequest waiting = match();
        var open = new ArrayList<TaskId>();
        for (int i = 0; i < 2 * TaskProbe.MAX_TASKS; i++) {
            open.add(unknownTask(i));
        }
        open.add(waiting.task());
        // The deal is older than the cursor: its events, if it had any, would not be seen.
        TaskCursor cursor = client.tasks().now();
        for (int tick = 0; tick < 3; tick++) {
            var result = client.tasks().tick(cursor, open);
            if (result.states().containsKey(waiting.task())) {
                return;
            }
            cursor = result.next();
        }
        throw new AssertionError("not looked at in three ticks");
    }

    @Test
    void aTaskPastItsFinalDeadlineIsClaimedBackOnceAndItsFundsReturn() {
        BigInteger stake = client.hub().account(requester.address()).stake();
        TaskRequest begun = match();
        TaskRequest neverBegun = match();
        begin(begun);
        Duration limit = client.hub().timeLimit(BigInteger.ZERO);
        assertInstanceOf(ClaimBack.Plan.NotYet.class, claimPlan(begun, limit));
        assertInstanceOf(ClaimBack.Plan.NotYet.class, claimPlan(neverBegun, limit));
        assertTrue(client.hub().account(requester.address()).stake().compareTo(stake) < 0);

        client.rpc().call("evm_increaseTime", limit.toSeconds() + 5);
        client.rpc().call("evm_mine");
        for (TaskRequest request : List.of(begun, neverBegun)) {
            var claim = assertInstanceOf(ClaimBack.Plan.Claim.class, claimPlan(request, limit));
            send(claim.call(), owner);
            var over = assertInstanceOf(ClaimBack.Plan.Over.class, claimPlan(request, limit));
            assertEquals(TaskStatus.FAILED, over.state().status());
        }
        assertEquals(stake, client.hub().account(requester.address()).stake());
    }

    private static ClaimBack.Plan claimPlan(TaskRequest request, Duration limit) {
        Deal deal = client.hub().deal(request.deal()).orElseThrow();
        Instant chainTime = client.tasks().tick(client.tasks().now(), List.of()).chainTime();
        return client.claimBack().plan(deal, request.task(), limit, chainTime);
    }
}
