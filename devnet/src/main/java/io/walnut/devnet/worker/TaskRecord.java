package io.walnut.devnet.worker;

import io.walnut.contracts.Bytes32;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What scheduler and worker know of one task, for the inspection page. Safe for many threads. */
public final class TaskRecord {

    /**
     * @param stage that the task was at
     * @param text free of secrets
     */
    public record Entry(Instant time, String stage, String text) {
    }

    private static final int MAX_ENTRIES = 200;

    private final Bytes32 id;
    private final Bytes32 deal;
    private final BigInteger index;
    private final List<Entry> entries = new ArrayList<>();
    private String stage = "seen";
    private Execution execution;
    private boolean workerDead;
    private String output = "";
    private Integer exit;

    TaskRecord(Bytes32 id, Bytes32 deal, BigInteger index) {
        this.id = id;
        this.deal = deal;
        this.index = index;
    }

    public Bytes32 id() {
        return id;
    }

    public Bytes32 deal() {
        return deal;
    }

    public BigInteger index() {
        return index;
    }

    public synchronized String stage() {
        return stage;
    }

    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Enters a stage and notes it. Entering the same stage again notes nothing. */
    synchronized void enter(String next, String text) {
        if (!stage.equals(next)) {
            stage = next;
            note(text);
        }
    }

    synchronized void note(String text) {
        if (entries.size() == MAX_ENTRIES) {
            entries.removeFirst();
        }
        entries.add(new Entry(Instant.now(), stage, text));
    }

    synchronized Execution execution() {
        return execution;
    }

    synchronized void executed(Execution result) {
        execution = result;
    }

    /** What the app printed, secrets redacted; empty before it ran. */
    public synchronized String output() {
        return output;
    }

    /** The app's exit status; empty before it ran. */
    public synchronized Optional<Integer> exit() {
        return Optional.ofNullable(exit);
    }

    synchronized void ran(String printed, int status) {
        output = printed;
        exit = status;
    }

    synchronized boolean isWorkerDead() {
        return workerDead;
    }

    synchronized void workerDied() {
        workerDead = true;
    }
}
