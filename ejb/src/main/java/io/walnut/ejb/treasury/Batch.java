package io.walnut.ejb.treasury;

import io.walnut.contracts.Address;
import io.walnut.ejb.shared.IllegalTransitionException;
import io.walnut.ejb.shared.Refusal;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigInteger;
import java.time.Instant;

/**
 * Payments that are made together: draft → submitted → awaiting deposit (approved by a second person) →
 * deposited → finalized → computing → ready; failed with a reason, from which it can be retried; cancelled
 * before it is funded.
 */
@Entity
@Table(name = "batch")
public class Batch {
    public enum State {
        DRAFT, SUBMITTED, AWAITING_DEPOSIT, DEPOSITED, FINALIZED, COMPUTING, READY, FAILED, CANCELLED
    }

    /** How payments become notes: each one note, or split so that notes look alike. */
    public enum Policy { EXACT, STANDARD }

    @Id
    private String id;
    @Version
    private long version;
    @Enumerated(EnumType.STRING)
    private State state;
    private String title;
    private Address token;
    private BigInteger total;
    private int paymentCount;
    @Enumerated(EnumType.STRING)
    private Policy policy;
    private boolean openings;
    @Column(updatable = false)
    private String message;
    private Instant releaseAt;
    private Instant expiresAt;
    private String metadata;
    @Column(updatable = false)
    private byte[] sealedSeed;
    private String createdBy;
    private Instant createdAt;
    private String submittedBy;
    private Instant submittedAt;
    private String approvedBy;
    private Instant approvedAt;
    private String failureCode;
    private String failureMessage;

    protected Batch() {
    }

    Batch(String id, BatchRequest request, BigInteger total, byte[] sealedSeed, String metadata, String by) {
        this.id = id;
        this.state = State.DRAFT;
        this.title = request.title();
        this.token = request.token();
        this.total = total;
        this.paymentCount = request.payments().size();
        this.policy = request.policy();
        this.openings = request.openings();
        this.message = request.message();
        this.releaseAt = request.releaseAt();
        this.expiresAt = request.expiresAt();
        this.metadata = metadata;
        this.sealedSeed = sealedSeed.clone();
        this.createdBy = by;
        this.createdAt = Instant.now();
    }

    /** @throws Refusal when its links would have expired */
    public void submit(String by) {
        require(state == State.DRAFT, "be submitted");
        refuseExpired();
        state = State.SUBMITTED;
        submittedBy = by;
        submittedAt = Instant.now();
    }

    /** @throws Refusal when the one who approves has made or submitted it, or its links would have expired */
    public void approve(String by) {
        require(state == State.SUBMITTED, "be approved");
        if (by.equals(submittedBy) || by.equals(createdBy)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "approval_by_submitter",
                "A batch is approved by another person than the one who made or submitted it.");
        }
        refuseExpired();
        state = State.AWAITING_DEPOSIT;
        approvedBy = by;
        approvedAt = Instant.now();
    }

    /** Its money would go out and come back, which costs gas and shows the deposit. */
    private void refuseExpired() {
        if (expiresAt != null && expiresAt.isBefore(Instant.now())) {
            throw Refusal.of(Refusal.Kind.CONFLICT, "batch_expired",
                "The links of this batch would have expired: cancel it, and make it again with a later expires_at.");
        }
    }

    public void cancel() {
        require(state == State.DRAFT || state == State.SUBMITTED || state == State.AWAITING_DEPOSIT, "be cancelled");
        state = State.CANCELLED;
    }

    /** Follows its deposits: {@code slowest} is the state of the one that is least far. Says whether it moved. */
    boolean follow(FundingDeposit.State slowest) {
        State next = switch (slowest) {
            case AWAITING -> State.AWAITING_DEPOSIT;
            case SEEN -> State.DEPOSITED;
            case FINAL -> State.FINALIZED;
            case COMPUTING -> State.COMPUTING;
            case SIGNED -> State.READY;
            case FAILED -> State.FAILED;
        };
        if (next == state) {
            return false;
        }
        require(followsDeposits(), "follow its deposits");
        state = next;
        if (next != State.FAILED) {
            failureCode = null;
            failureMessage = null;
        }
        return true;
    }

    /** Whether it is approved and not at its end: somebody may also fund what was never approved. */
    boolean followsDeposits() {
        return state != State.DRAFT && state != State.SUBMITTED && state != State.CANCELLED && state != State.READY;
    }

    /** @param message what happened and what to do */
    void fail(String code, String message) {
        // Of several deposits one may fail while others are still awaited.
        require(followsDeposits(), "fail");
        state = State.FAILED;
        failureCode = code;
        failureMessage = message;
    }

    private void require(boolean allowed, String transition) {
        if (!allowed) {
            throw new IllegalTransitionException("batch", id, state, transition);
        }
    }

    public String id() {
        return id;
    }

    public long version() {
        return version;
    }

    public State state() {
        return state;
    }

    public String title() {
        return title;
    }

    public Address token() {
        return token;
    }

    public BigInteger total() {
        return total;
    }

    public int paymentCount() {
        return paymentCount;
    }

    public Policy policy() {
        return policy;
    }

    /** Whether links carry what is needed to exit without the enclave. */
    public boolean openings() {
        return openings;
    }

    /** What its links say to their recipients, or null. */
    public String message() {
        return message;
    }

    /** When links may be given out; null for as soon as they are ready. */
    public Instant releaseAt() {
        return releaseAt;
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    /** A JSON object. */
    public String metadata() {
        return metadata;
    }

    byte[] sealedSeed() {
        return sealedSeed.clone();
    }

    public String createdBy() {
        return createdBy;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public String submittedBy() {
        return submittedBy;
    }

    public Instant submittedAt() {
        return submittedAt;
    }

    public String approvedBy() {
        return approvedBy;
    }

    public Instant approvedAt() {
        return approvedAt;
    }

    public String failureCode() {
        return failureCode;
    }

    public String failureMessage() {
        return failureMessage;
    }
}
