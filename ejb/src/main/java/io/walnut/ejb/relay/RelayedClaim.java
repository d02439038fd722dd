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
 * A claim that the portal relays: queued → mined → settled, or failed. The database lets at most one claim
 * of a note be under way or settled.
 */
@Entity
@Table(name = "claim")
public class RelayedClaim {
    public enum State { QUEUED, MINED, SETTLED, FAILED }

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
    private Bytes32 txHash;
    private String failureCode;

    protected RelayedClaim() {
    }

    RelayedClaim(Claim claim, BigInteger amount, Signature linkSignature, boolean reclaim) {
        this.id = Ids.next("clm");
        this.state = State.QUEUED;
        this.linkKey = claim.linkKey();
        this.activeLinkKey = claim.linkKey();
        this.recipient = claim.recipient();
        this.relayer = claim.relayer();
        this.fee = claim.fee();
        this.deadline = claim.deadline().longValueExact();
        this.amount = amount;
        this.linkSignature = linkSignature;
        this.reclaim = reclaim;
        this.createdAt = Instant.now();
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
        return "claim:" + id;
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
