package io.walnut.ejb.relay;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Claim;
import io.walnut.contracts.Signature;
import io.walnut.ejb.shared.Ids;
import io.walnut.ejb.shared.IllegalTransitionException;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigInteger;
import java.time.Instant;

/**
 * A claim that the portal relays: held (scheduled) until it is due, or at once queued → mined → settled, or failed. The
 * database lets at most one claim of a note be under way or settled.
 */
@Entity
@Table(name = "claim")
public class RelayedClaim {
    public enum State { SCHEDULED, QUEUED, MINED, SETTLED, FAILED }

    /** The outbox's purpose of a bundle's transaction begins so. */
    static final String BUNDLE = "claims:";

    @Id
    private String id;
    @Version
    private long version;
    @Enumerated(EnumType.STRING)
    private State state;
    private Address linkKey;
    /** The link key while this claim stands; null once it failed. */
    private Address activeLinkKey;
    private Address recipient;
    private Address relayer;
    private BigInteger fee;
    private long deadline;
    private BigInteger amount;
    private Signature linkSignature;
    private boolean reclaim;
    private Instant createdAt;
    private Instant dueAt;
    private Instant payBy;
    private String bundleId;
    private Bytes32 txHash;
    private String failureCode;

    protected RelayedClaim() {
    }

    RelayedClaim(Address linkKey, Claim claim, Signature linkSignature, boolean reclaim) {
        this.id = Ids.unguessable("clm");
        this.state = State.QUEUED;
        this.linkKey = linkKey;
        this.activeLinkKey = linkKey;
        this.recipient = claim.recipient();
        this.relayer = claim.relayer();
        this.fee = claim.fee();
        this.deadline = claim.deadline().longValueExact();
        this.amount = claim.amount();
        this.linkSignature = linkSignature;
        this.reclaim = reclaim;
        this.createdAt = Instant.now();
    }

    /** The same, but held until it is due. */
    RelayedClaim(Address linkKey, Claim claim, Signature linkSignature, ClaimDelay.Schedule schedule) {
        this(linkKey, claim, linkSignature, false);
        state = State.SCHEDULED;
        dueAt = schedule.dueAt();
        payBy = schedule.payBy();
    }

    /** Its recipient has lost patience; more of it does not count. */
    void hasten(ClaimDelay.Schedule schedule) {
        require(state == State.SCHEDULED, "be hastened");
        dueAt = schedule.dueAt().isBefore(dueAt) ? schedule.dueAt() : dueAt;
        payBy = schedule.payBy().isBefore(payBy) ? schedule.payBy() : payBy;
    }

    /** It is due. @param bundle of claims that go in one transaction; null for one of its own */
    void queued(String bundle) {
        require(state == State.SCHEDULED, "be queued");
        state = State.QUEUED;
        bundleId = bundle;
    }

    /** The transaction that it was bundled in has not paid it; it gets one of its own. */
    void alone() {
        require(bundleId != null && (state == State.QUEUED || state == State.MINED), "leave its bundle");
        state = State.QUEUED;
        bundleId = null;
        txHash = null;
    }

    /** It is in a block, which may still be undone. */
    void mined(Bytes32 tx) {
        require(state == State.QUEUED || state == State.MINED, "be mined");
        state = State.MINED;
        txHash = tx;
    }

    /** A reorganisation took its block away; it is sent again. */
    void unmined() {
        require(state == State.MINED, "leave its block");
        state = State.QUEUED;
        txHash = null;
    }

    void settled(Bytes32 tx) {
        require(state == State.QUEUED || state == State.MINED, "settle");
        state = State.SETTLED;
        txHash = tx;
    }

    void failed(String code) {
        require(state == State.QUEUED || state == State.MINED, "fail");
        state = State.FAILED;
        failureCode = code;
        activeLinkKey = null;
    }

    private void require(boolean allowed, String transition) {
        if (!allowed) {
            throw new IllegalTransitionException("claim", id, state, transition);
        }
    }

    /** Whether it is the very same claim. */
    boolean is(Claim claim) {
        return recipient.equals(claim.recipient()) && relayer.equals(claim.relayer()) && fee.equals(claim.fee());
    }

    /** The outbox's purpose of its transaction. */
    String purpose() {
        return bundleId == null ? "claim:" + id : BUNDLE + bundleId;
    }

    public String id() {
        return id;
    }

    public State state() {
        return state;
    }

    public Address linkKey() {
        return linkKey;
    }

    public Address recipient() {
        return recipient;
    }

    public BigInteger amount() {
        return amount;
    }

    public BigInteger fee() {
        return fee;
    }

    /** What the link key has signed. @param token of the link */
    Claim terms(Address token) {
        return new Claim(token, amount, recipient, fee, relayer, BigInteger.valueOf(deadline));
    }

    Signature linkSignature() {
        return linkSignature;
    }

    Instant dueAt() {
        return dueAt;
    }

    /** The latest time at which it is sent; null unless it was held. */
    public Instant payBy() {
        return payBy;
    }

    /** Whether it takes the money back to the treasury. */
    public boolean reclaim() {
        return reclaim;
    }

    /** Null until mined. */
    public Bytes32 txHash() {
        return txHash;
    }

    /** Null unless failed. */
    public String failureCode() {
        return failureCode;
    }
}
