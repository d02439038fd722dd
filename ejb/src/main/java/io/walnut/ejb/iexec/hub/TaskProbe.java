package io.walnut.ejb.iexec.hub;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.ejb.iexec.order.TaskId;
import io.walnut.ejb.iexec.rpc.AbiReader;
import io.walnut.ejb.iexec.rpc.JsonRpc;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the status of many tasks with one {@code eth_call}, on any chain: the call "deploys" a program that
 * asks the hub for each task and returns one word a task, {@code final deadline << 8 | status}, instead of
 * code. Multicall3 is not used: it is not on every chain (the devnet has none), and would return some 800
 * bytes a task.
 */
final class TaskProbe {

    /**
     * A task costs up to 46,000 gas to read, and nodes give a call 30 million or more. The sizes of program
     * (49,152 bytes, EIP-3860) and answer (24,576, EIP-170) would allow 700.
     */
    static final int MAX_TASKS = 300;

    private static final int FAILED_CALL = 0xff;
    private static final byte[] PROGRAM = HexFormat.of().parseHex(String.join("",
            "610068", "38", "03",               // n = code size - program's length: hub and task ids
            "80", "610068", "610200", "39",     // copy these n bytes to memory at 0x200
            "610200", "01",                     // end = 0x200 + n
            "63", selector(), "60e0", "1b", "6000", "52",   // memory[0..4] = selector of viewTask
            "610220",                           // p = 0x220, the first task id
            "5b",                               // loop (0x1f):
            "81", "81", "10", "15", "61005d", "57",         // if p >= end go to done
            "80", "51", "6004", "52",           // memory[4..36] = the task id
            "610100", "6040", "6024", "6000", "610200", "51", "5a", "fa",  // static call, answer to 0x40..0x140
            "3d", "60ff", "10", "16",           // ok = it succeeded and gave at least 256 bytes
            "610120", "51", "6008", "1b",       // final deadline << 8
            "6060", "51", "17",                 // | status
            "81", "15", "60ff", "02",           // 0xff when not ok
            "91", "02", "17",                   // the word: one or the other
            "81", "52",                         // memory[p] = the word, in place of the task id
            "6020", "01", "61001f", "56",       // next
            "5b",                               // done (0x5d):
            "50", "610220", "90", "03", "610220", "f3"));   // return memory[0x220..end]

    private TaskProbe() {
    }

    private static String selector() {
        return HubAbi.call("viewTask", HubAbi.word(Bytes32.ZERO)).substring(2, 10);
    }

    static JsonRpc.Call call(Address hub, List<TaskId> tasks) {
        if (tasks.size() > MAX_TASKS) {
            throw new IllegalArgumentException("at most " + MAX_TASKS + " tasks at a time");
        }
        var data = new StringBuilder(Hex.encode(PROGRAM)).append("00".repeat(12)).append(Hex.digits(hub.bytes()));
        tasks.forEach(task -> data.append(Hex.digits(task.value().bytes())));
        return new JsonRpc.Call("eth_call", List.of(Map.of("data", data.toString()), "latest"));
    }

    /** @return states without results, in the order of the tasks; a task that could not be read is left out */
    static List<TaskState> read(String answer, List<TaskId> tasks) {
        AbiReader words = AbiReader.of(answer);
        var states = new ArrayList<TaskState>();
        for (int i = 0; i < tasks.size(); i++) {
            BigInteger word = words.number(i);
            int number = word.intValue() & FAILED_CALL;
            TaskStatus status = TaskStatus.of(number);
            if (status != null) {
                long deadline = word.shiftRight(8).min(BigInteger.valueOf(Integer.MAX_VALUE * 2L)).longValue();
                states.add(new TaskState(tasks.get(i), status, status == TaskStatus.UNSET
                        ? Optional.empty() : Optional.of(Instant.ofEpochSecond(deadline)), Optional.empty()));
            }
        }
        return states;
    }
}
