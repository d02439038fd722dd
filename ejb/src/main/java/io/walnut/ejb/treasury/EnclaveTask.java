package io.walnut.ejb.treasury;

import io.walnut.contracts.Bytes32;
import io.walnut.ejb.shared.Ids;
import io.walnut.ejb.shared.IllegalTransitionException;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;

/**
 * One attempt to have a deposit's vouchers signed: prepared (what is asked is stored) → requested (secrets
 * are at the SMS, orders are being matched) → running → computed (the hub has the result) → completed (its
 * vouchers are kept), or failed. Each step can be done again.
 */
@Entity
@Table(name = "enclave_task")
public class EnclaveTask {
    public enum State { PREPARED, REQUESTED, RUNNING, COMPUTED, COMPLETED, FAILED }

    @Id
    private String id;
    @Version
    private long version;
    private String depositId;
    private int attempt;
    @Enumerated(EnumType.STRING)
    private State state;
    private Bytes32 dealId;
    private Bytes32 taskId;
    private String request;
    private String failureCode;
    private String failureMessage;
    private Instant nextStepAt;
    private Instant createdAt;

    protected EnclaveTask() {
    }

    /** @param request what is asked, as JSON, so that a restart asks for the very same */
    EnclaveTask(String depositId, int attempt, String request, Bytes32 dealId, Bytes32 taskId) {
        this.id = Ids.next("tsk");
        this.depositId = depositId;
        this.attempt = attempt;
        this.state = State.PREPARED;
        this.request = request;
        this.dealId = dealId;
        this.taskId = taskId;
        this.createdAt = Instant.now();
        this.nextStepAt = createdAt;
    }

    /** The SMS has the secrets. */
    void requested() {
        require(state == State.PREPARED, "be requested");
        state = State.REQUESTED;
        nextStepAt = Instant.now();
    }

    /** The hub has the deal. */
    void running() {
        require(state == State.REQUESTED, "run");
        state = State.RUNNING;
        failureMessage = null;
        nextStepAt = Instant.now();
    }

    /** The chain has no such deal any more: its orders have to be matched again, to the same deal. */
    void unmatched() {
        require(state == State.RUNNING, "lose its deal");
        state = State.REQUESTED;
        failureMessage = null;
        nextStepAt = Instant.now();
    }

    /** The hub knows where the result is. */
    void computed() {
        require(state == State.RUNNING, "be computed");
        state = State.COMPUTED;
        failureMessage = null;
        nextStepAt = Instant.now();
    }

    /** A reorganisation took the result off the chain; the worker will give it again. */
    void uncomputed() {
        require(state == State.COMPUTED, "lose its result");
        state = State.RUNNING;
        failureMessage = null;
    }

    void completed() {
        require(state == State.COMPUTED, "complete");
        state = State.COMPLETED;
        failureMessage = null;
    }

    void failed(String code, String message) {
        require(state != State.COMPLETED && state != State.FAILED, "fail");
        state = State.FAILED;
        failureCode = code;
        failureMessage = shortened(message);
    }

    /** Looked, and nothing to do yet. @param why what is being waited for; null for nothing special */
    void later(Duration pause, String why) {
        nextStepAt = Instant.now().plus(pause);
        failureMessage = why == null ? null : shortened(why);
    }

    /** Runs on. @param why what is being waited for; written only when it is news */
    void waits(String why) {
        require(state == State.RUNNING, "wait");
        if (!why.equals(failureMessage)) {
            failureMessage = shortened(why);
        }
    }

    private static String shortened(String text) {
        return text.length() > 1000 ? text.substring(0, 1000) : text;
    }

    private void require(boolean allowed, String transition) {
        if (!allowed) {
            throw new IllegalTransitionException("task", id, state, transition);
        }
    }

    public String id() {
        return id;
    }

    public String depositId() {
        return depositId;
    }

    /** From 1. */
    public int attempt() {
        return attempt;
    }

    public State state() {
        return state;
    }

    public Bytes32 dealId() {
        return dealId;
    }

    public Bytes32 taskId() {
        return taskId;
    }

    String request() {
        return request;
    }

    public String failureCode() {
        return failureCode;
    }

    /** Why it failed, or what it waits for; null for nothing. */
    public String failureMessage() {
        return failureMessage;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
