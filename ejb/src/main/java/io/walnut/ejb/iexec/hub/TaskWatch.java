package io.walnut.ejb.iexec.hub;

import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.IexecException.Code;
import io.walnut.ejb.iexec.order.TaskId;
import io.walnut.ejb.iexec.rpc.AbiReader;
import io.walnut.ejb.iexec.rpc.JsonRpc;
import org.web3j.abi.EventEncoder;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Follows any number of open tasks with at most four RPC requests a tick: the latest block, the hub's task
 * events since the last tick, one probe ({@link TaskProbe}) of the tasks that had an event and of a share
 * of the others, and, only for tasks that completed, one batch for their results.
 *
 * <p>Events make it fast; the probe of the others, in turn, makes it sure, for a node may miss events and a
 * cursor may be far behind. Nothing is remembered here: the cursor is the caller's.
 */
public final class TaskWatch {

    /** Blocks that are read again each time, because a reorganization may have changed them. */
    private static final int OVERLAP = 16;
    /** Results are up to 1 kB each, with their ABI packing; the rest waits for the next tick. */
    private static final int MAX_RESULTS = 50;
    private static final List<String> EVENTS = Stream.of("TaskInitialize(bytes32,address)",
            "TaskContribute(bytes32,address,bytes32)", "TaskConsensus(bytes32,bytes32)",
            "TaskReveal(bytes32,address,bytes32)", "TaskReopen(bytes32)", "TaskFinalize(bytes32,bytes)",
            "TaskClaimed(bytes32)").map(EventEncoder::buildEventSignature).toList();

    private final Hub hub;

    public TaskWatch(Hub hub) {
        this.hub = hub;
    }

    /**
     * @param next the cursor for the next tick; to be stored together with what was made of {@code states}
     * @param chainTime the latest block's time
     * @param states of those tasks that were looked at in this tick; the others are as they were
     */
    public record Tick(TaskCursor next, Instant chainTime, Map<TaskId, TaskState> states) {
    }

    private record Head(long number, Instant time) {
    }

    private record Events(Set<TaskId> tasks, TaskCursor next) {
    }

    /** The cursor for watching from now on. */
    public TaskCursor now() {
        return TaskCursor.from(head().number());
    }

    /** The latest block's time: what deadlines are held against. */
    public Instant chainTime() {
        return head().time();
    }

    /** @param open the tasks that are not over, in an order that changes little from tick to tick */
    public Tick tick(TaskCursor cursor, Collection<TaskId> open) {
        Head head = head();
        if (open.isEmpty()) {
            return new Tick(new TaskCursor(head.number() + 1, cursor.range(), 0), head.time(), Map.of());
        }
        Events events = events(cursor, head.number());
        var probed = new LinkedHashSet<TaskId>();
        var known = new HashSet<>(open);
        events.tasks().stream().filter(known::contains).limit(TaskProbe.MAX_TASKS).forEach(probed::add);
        int sweep = addInTurn(new ArrayList<>(open), cursor.sweep(), probed);
        var tasks = List.copyOf(probed);
        JsonRpc.Call probe = TaskProbe.call(hub.address(), tasks);
        String answer = hub.rpc().call(probe.method(), probe.params().toArray()).asText();
        var states = new LinkedHashMap<TaskId, TaskState>();
        TaskProbe.read(answer, tasks).forEach(state -> states.put(state.id(), state));
        readResults(states);
        TaskCursor next = new TaskCursor(events.next().block(), events.next().range(), sweep);
        return new Tick(next, head.time(), states);
    }

    private Head head() {
        JsonNode block = hub.rpc().call("eth_getBlockByNumber", "latest", false);
        return new Head(JsonRpc.quantity(block.get("number")).longValue(),
                Instant.ofEpochSecond(JsonRpc.quantity(block.get("timestamp")).longValue()));
    }

    /**
     * A cursor further behind than one range skips ahead: what happens now matters first, and the probe finds
     * the rest in turn. A node that refuses so many blocks or events at once is asked for fewer the next time.
     */
    private Events events(TaskCursor cursor, long to) {
        long from = Math.max(Math.max(0, cursor.block() - OVERLAP), to - cursor.range() + 1);
        if (to < from) {
            return new Events(Set.of(), cursor);
        }
        Map<String, Object> filter = Map.of("address", hub.address().hex(),
                "fromBlock", JsonRpc.hex(BigInteger.valueOf(from)), "toBlock", JsonRpc.hex(BigInteger.valueOf(to)),
                "topics", List.of(EVENTS));
        try {
            var tasks = new LinkedHashSet<TaskId>();
            for (JsonNode log : hub.rpc().call("eth_getLogs", filter)) {
                tasks.add(new TaskId(Bytes32.parse(log.path("topics").path(1).asText())));
            }
            return new Events(tasks, new TaskCursor(to + 1, cursor.range() * 2, 0));
        } catch (IexecException e) {
            if (e.code() != Code.RPC_REFUSED) {
                throw e;
            }
            return new Events(Set.of(), new TaskCursor(cursor.block(), cursor.range() / 2, 0));
        } catch (IllegalArgumentException e) {
            throw new IexecException(Code.RPC_NONSENSE, "a node answered an event without a task id");
        }
    }

    /** Fills the probe with the tasks whose turn it is; returns whose turn it is next. */
    private static int addInTurn(List<TaskId> open, int sweep, Set<TaskId> probed) {
        int position = Math.floorMod(sweep, open.size());
        for (int seen = 0; seen < open.size() && probed.size() < TaskProbe.MAX_TASKS; seen++) {
            probed.add(open.get(position));
            position = (position + 1) % open.size();
        }
        return position;
    }

    /** Completed tasks are shown only with their results, so that no caller sees one without. */
    private void readResults(Map<TaskId, TaskState> states) {
        List<TaskId> completed = states.values().stream().filter(state -> state.status() == TaskStatus.COMPLETED)
                .map(TaskState::id).toList();
        if (completed.isEmpty()) {
            return;
        }
        List<TaskId> read = completed.subList(0, Math.min(MAX_RESULTS, completed.size()));
        List<JsonNode> answers = hub.rpc().batch(read.stream().map(task -> new JsonRpc.Call("eth_call", List.of(
                Map.of("to", hub.address().hex(), "data", HubAbi.call("viewTask", HubAbi.word(task.value()))),
                "latest"))).toList());
        completed.forEach(states::remove);
        for (int i = 0; i < read.size(); i++) {
            states.put(read.get(i), Hub.task(read.get(i), AbiReader.of(answers.get(i).asText())));
        }
    }
}
