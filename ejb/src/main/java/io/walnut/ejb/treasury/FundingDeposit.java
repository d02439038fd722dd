package io.walnut.ejb.treasury;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Deposit;
import io.walnut.ejb.shared.IllegalTransitionException;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigInteger;

/**
 * One deposit of a batch: awaiting → seen on chain → final → computing (the enclave was asked) → signed, or
 * failed. A reorganisation takes a deposit that was only seen back to awaiting.
 */
@Entity
@Table(name = "deposit")
public class FundingDeposit {
    /** In the order in which a deposit goes through them; FAILED stands apart. */
    public enum State { AWAITING, SEEN, FINAL, COMPUTING, SIGNED, FAILED }

    @Id
    private String id;
    @Version
    private long version;
    private String batchId;
    private int position;
    @Enumerated(EnumType.STRING)
    private State state;
    private Address token;
    private BigInteger amount;
    private Bytes32 notesRoot;
    private Bytes32 hash;
    private int noteCount;
    private Address depositor;
    private Bytes32 txHash;
    private Long blockNumber;

    protected FundingDeposit() {
    }

    FundingDeposit(String id, String batchId, int position, Deposit deposit, int noteCount) {
        this.id = id;
        this.batchId = batchId;
        this.position = position;
        this.state = State.AWAITING;
        this.token = deposit.token();
        this.amount = deposit.amount();
        this.notesRoot = deposit.notesRoot();
        this.hash = deposit.id();
        this.noteCount = noteCount;
    }

    /** It is in a block that may still be undone. */
    void seen(Address by, Bytes32 tx, long block) {
        require(state == State.AWAITING || state == State.SEEN, "be seen");
        state = State.SEEN;
        at(by, tx, block);
    }

    /** A reorganisation has taken it away. */
    void unseen() {
        require(state == State.SEEN, "be taken back");
        state = State.AWAITING;
        at(null, null, null);
    }

    void finalized(Address by, Bytes32 tx, long block) {
        require(state == State.AWAITING || state == State.SEEN, "become final");
        state = State.FINAL;
        at(by, tx, block);
    }

    /** The enclave is asked. */
    void computing() {
        require(state == State.FINAL, "be computed");
        state = State.COMPUTING;
    }

    void signed() {
        require(state == State.COMPUTING, "be signed");
        state = State.SIGNED;
    }

    void failed() {
        require(state == State.COMPUTING, "fail");
        state = State.FAILED;
    }

    void tryAgain() {
        require(state == State.FAILED, "be tried again");
        state = State.FINAL;
    }

    private void at(Address by, Bytes32 tx, Long block) {
        depositor = by;
        txHash = tx;
        blockNumber = block;
    }

    private void require(boolean allowed, String transition) {
        if (!allowed) {
            throw new IllegalTransitionException("deposit", id, state, transition);
        }
    }

    /** What the escrow is given. */
    public Deposit terms() {
        return new Deposit(token, amount, notesRoot);
    }

    /** Wei to send along with it. */
    public BigInteger value() {
        return token.isZero() ? amount : BigInteger.ZERO;
    }

    /** The outbox's purpose of the transaction that makes it. */
    public String purpose() {
        return "deposit:" + id;
    }

    public String id() {
        return id;
    }

    public String batchId() {
        return batchId;
    }

    /** Its place in the batch, from 0. */
    public int position() {
        return position;
    }

    public State state() {
        return state;
    }

    public BigInteger amount() {
        return amount;
    }

    public Address token() {
        return token;
    }

    public Bytes32 notesRoot() {
        return notesRoot;
    }

    /** The escrow's id of it. */
    public Bytes32 hash() {
        return hash;
    }

    public int noteCount() {
        return noteCount;
    }

    public Bytes32 txHash() {
        return txHash;
    }

    public Long blockNumber() {
        return blockNumber;
    }
}
