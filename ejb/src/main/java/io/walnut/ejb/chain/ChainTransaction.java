package io.walnut.ejb.chain;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.shared.Ids;
import io.walnut.ejb.shared.IllegalTransitionException;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/**
 * A transaction that the portal means to make, kept before it is sent: queued → signed → sent → mined →
 * settled or reverted. One that would revert is rejected before it takes a nonce.
 */
@Entity
@Table(name = "chain_transaction")
public class ChainTransaction {
    public enum State { QUEUED, SIGNED, SENT, MINED, SETTLED, REVERTED, REJECTED }

    @Id
    private String id;
    @Version
    private long version;
    private String purpose;
    @Enumerated(EnumType.STRING)
    private State state;
    @Enumerated(EnumType.STRING)
    private Sender sender;
    private Address destination;
    private BigInteger amount;
    private byte[] data;
    private Long gasLimit;
    private Long nonce;
    private Bytes32 hash;
    private Long blockNumber;
    private String failure;
    private Instant createdAt;
    private Instant sentAt;
    private Instant nextAttemptAt;
    private int attempts;
    /** Signed only when that one is in a block or at its end; null for none. */
    private String afterId;
    /** What belongs together, in the order of the ids; null for what stands alone. */
    private String flow;

    protected ChainTransaction() {
    }

    /** @param purpose what it is for; there is at most one transaction for each purpose */
    ChainTransaction(String purpose, Sender sender, Address destination, BigInteger amount, byte[] data) {
        this.id = Ids.next("txn");
        this.purpose = purpose;
        this.state = State.QUEUED;
        this.sender = sender;
        this.destination = destination;
        this.amount = amount;
        this.data = data.clone();
        this.createdAt = Instant.now();
        this.nextAttemptAt = createdAt;
    }

    /** @param before what has to be in a block first; null for nothing */
    void comesAfter(ChainTransaction before, String inFlow) {
        require(state == State.QUEUED, "be put in order");
        afterId = before == null ? null : before.id;
        flow = inFlow;
    }

    void signed(long nonce, long gasLimit, Bytes32 hash) {
        require(state == State.QUEUED, "be signed");
        this.nonce = nonce;
        this.gasLimit = gasLimit;
        this.hash = hash;
        state = State.SIGNED;
        nextAttemptAt = Instant.now();
    }

    /** The node took it, or has it already. */
    void sent(Duration untilRebroadcast) {
        require(state == State.SIGNED || state == State.SENT, "be sent");
        if (state == State.SIGNED) {
            sentAt = Instant.now();
        }
        state = State.SENT;
        failure = null;
        attempts++;
        nextAttemptAt = Instant.now().plus(untilRebroadcast);
    }

    /** The node would not take it now. */
    void refused(String reason, Duration untilNext) {
        require(state == State.SIGNED || state == State.SENT || state == State.QUEUED, "be refused");
        failure = shortened(reason);
        attempts++;
        nextAttemptAt = Instant.now().plus(untilNext);
    }

    /** Signed again with a higher fee and the same nonce. */
    void replaced(Bytes32 newHash) {
        require(state == State.SENT, "be replaced");
        hash = newHash;
        sentAt = Instant.now();
        nextAttemptAt = Instant.now();
    }

    void mined(Bytes32 minedHash, long block) {
        require(state == State.SENT || state == State.SIGNED || state == State.MINED, "be mined");
        state = State.MINED;
        hash = minedHash;
        blockNumber = block;
    }

    /** A reorganisation took its block away. */
    void unmined() {
        require(state == State.MINED, "leave its block");
        state = State.SENT;
        blockNumber = null;
        nextAttemptAt = Instant.now();
    }

    void settled(boolean succeeded) {
        require(state == State.MINED, "settle");
        state = succeeded ? State.SETTLED : State.REVERTED;
    }

    /** Finality was broken: its block is gone, although it was final. */
    void unsettled() {
        require(state == State.SETTLED || state == State.REVERTED, "be undone");
        state = State.SENT;
        blockNumber = null;
        sentAt = Instant.now();
        nextAttemptAt = sentAt;
    }

    void rejected(String reason) {
        require(state == State.QUEUED, "be rejected");
        state = State.REJECTED;
        failure = shortened(reason);
    }

    /** Another transaction of the same key has used its nonce for good, so this one can never be mined. */
    void nonceLost() {
        require(state == State.SENT || state == State.SIGNED, "lose its nonce");
        state = State.QUEUED;
        nonce = null;
        hash = null;
        nextAttemptAt = Instant.now();
    }

    /** Whether it has had, or may still have, an effect on chain. */
    public boolean mayMoveMoney() {
        return state != State.REJECTED && state != State.REVERTED;
    }

    /** Whether something may still become of it. */
    boolean isUnderWay() {
        return state != State.SETTLED && state != State.REVERTED && state != State.REJECTED;
    }

    private static String shortened(String reason) {
        return reason.length() > 1000 ? reason.substring(0, 1000) : reason;
    }

    private void require(boolean allowed, String transition) {
        if (!allowed) {
            throw new IllegalTransitionException("transaction", id, state, transition);
        }
    }

    public String id() {
        return id;
    }

    public String purpose() {
        return purpose;
    }

    public State state() {
        return state;
    }

    public Sender sender() {
        return sender;
    }

    public Address destination() {
        return destination;
    }

    public BigInteger amount() {
        return amount;
    }

    public byte[] data() {
        return data.clone();
    }

    /** Null when it stands alone. */
    String afterId() {
        return afterId;
    }

    /** Null until signed. */
    public Long nonce() {
        return nonce;
    }

    Long gasLimit() {
        return gasLimit;
    }

    /** The hash that is most likely to be mined; null until signed. */
    public Bytes32 hash() {
        return hash;
    }

    /** Null until mined. */
    public Long blockNumber() {
        return blockNumber;
    }

    /** Why the last attempt failed; null if it did not. */
    public String failure() {
        return failure;
    }

    Instant sentAt() {
        return sentAt;
    }

    int attempts() {
        return attempts;
    }
}
