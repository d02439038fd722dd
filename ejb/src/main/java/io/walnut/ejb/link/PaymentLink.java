package io.walnut.ejb.link;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.shared.Ids;
import io.walnut.ejb.shared.IllegalTransitionException;
import io.walnut.ejb.shared.Refusal;
import io.walnut.ejb.shared.Refusal.Kind;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigInteger;
import java.time.Instant;

/**
 * One payment on its way to a person: issued → ready → claim pending → claimed. A ready link can be taken
 * back (reclaim pending → cancelled or expired); should the recipient be faster, it is claimed all the same,
 * because the chain decides.
 */
@Entity
@Table(name = "link")
public class PaymentLink {
    public enum State { ISSUED, READY, CLAIM_PENDING, CLAIMED, RECLAIM_PENDING, CANCELLED, EXPIRED }

    public enum ReclaimReason { CANCELLED, EXPIRED }

    @Id
    private String id;
    @Version
    private long version;
    private String batchId;
    private String depositId;
    private int position;
    @Enumerated(EnumType.STRING)
    private State state;
    private BigInteger amount;
    private Address token;
    private String reference;
    private String email;
    private Instant expiresAt;
    private Instant reclaimAt;
    private Instant releaseAt;
    private boolean released;
    private Instant createdAt;
    @Enumerated(EnumType.STRING)
    private ReclaimReason reclaimReason;
    private Address recipient;
    private Bytes32 txHash;
    private Instant redeemedAt;

    protected PaymentLink() {
    }

    /** What a new link is made of. @param reference, email may be null */
    public record Terms(String batchId, String depositId, int position, Address token, BigInteger amount,
        String reference, String email, Times times) {
    }

    /**
     * When a link may be given out and taken back.
     *
     * @param releaseAt null for as soon as it is ready
     * @param expiresAt from when on its money may be taken back; null for never
     * @param reclaimAt when it is taken back; null for never
     */
    public record Times(Instant releaseAt, Instant expiresAt, Instant reclaimAt) {
        public static final Times ANY = new Times(null, null, null);
    }

    public PaymentLink(Terms terms) {
        this.id = Ids.next("lnk");
        this.state = State.ISSUED;
        this.batchId = terms.batchId();
        this.depositId = terms.depositId();
        this.position = terms.position();
        this.token = terms.token();
        this.amount = terms.amount();
        this.reference = terms.reference();
        this.email = terms.email();
        this.expiresAt = terms.times().expiresAt();
        this.reclaimAt = terms.times().reclaimAt();
        this.releaseAt = terms.times().releaseAt();
        this.released = releaseAt == null;
        this.createdAt = Instant.now();
    }

    /** Every note has its voucher. */
    public void becomeReady() {
        require(state == State.ISSUED, "become ready");
        state = State.READY;
    }

    /** Its time to be given out has come. */
    public void release() {
        require(!released, "be released again");
        released = true;
    }

    /** Whether it may be given out: earlier, its claim would soon follow its deposit. */
    public boolean isReleased(Instant now) {
        return releaseAt == null || !now.isBefore(releaseAt);
    }

    /** Its batch was cancelled before it was funded. */
    public void withdraw() {
        require(state == State.ISSUED, "be withdrawn");
        state = State.CANCELLED;
    }

    /** A claim is under way; a link of several notes can have several. */
    public void claimStarted() {
        require(state == State.READY || state == State.CLAIM_PENDING, "be claimed");
        state = State.CLAIM_PENDING;
    }

    /** No claim is under way any more, and none succeeded. */
    public void claimFailed() {
        require(state == State.CLAIM_PENDING, "have a claim fail");
        state = State.READY;
    }

    public void reclaimStarted(ReclaimReason reason) {
        require(state == State.READY, "be taken back");
        state = State.RECLAIM_PENDING;
        reclaimReason = reason;
    }

    public void reclaimFailed() {
        require(state == State.RECLAIM_PENDING, "have its reclaim fail");
        state = State.READY;
        reclaimReason = null;
    }

    /** The chain has paid all its notes, the last one to {@code to}. */
    public void redeemed(Address to, Bytes32 tx) {
        require(state != State.CLAIMED && state != State.CANCELLED && state != State.EXPIRED, "be claimed again");
        state = State.CLAIMED;
        settle(to, tx);
    }

    /** The chain has paid all its notes back to the treasury. */
    public void reclaimed(Address treasury, Bytes32 tx) {
        require(state == State.RECLAIM_PENDING, "be taken back");
        state = reclaimReason == ReclaimReason.EXPIRED ? State.EXPIRED : State.CANCELLED;
        settle(treasury, tx);
    }

    private void settle(Address to, Bytes32 tx) {
        recipient = to;
        txHash = tx;
        redeemedAt = Instant.now();
    }

    /**
     * Why it cannot be claimed or given out now, with a code of its own for each reason.
     *
     * @throws IllegalStateException when it can
     */
    public Refusal notReady() {
        return switch (state) {
            case ISSUED -> Refusal.of(Kind.CONFLICT, "link_not_signed",
                "The link has no vouchers yet: wait until its batch is ready.");
            case CLAIM_PENDING -> Refusal.of(Kind.CONFLICT, "link_claim_pending", "A claim of the link is under way.");
            case CLAIMED -> Refusal.of(Kind.CONFLICT, "link_claimed", "The link has been claimed.");
            case RECLAIM_PENDING, CANCELLED, EXPIRED -> takenBack();
            case READY -> throw new IllegalStateException("link " + id + " is ready");
        };
    }

    private Refusal takenBack() {
        return state == State.EXPIRED || reclaimReason == ReclaimReason.EXPIRED
            ? Refusal.of(Kind.CONFLICT, "link_expired", "The link has expired, and the payment goes back to its sender.")
            : Refusal.of(Kind.CONFLICT, "link_cancelled", "The sender has taken the payment back.");
    }

    private void require(boolean allowed, String transition) {
        if (!allowed) {
            throw new IllegalTransitionException("link", id, state, transition);
        }
    }

    public String id() {
        return id;
    }

    public long version() {
        return version;
    }

    public String batchId() {
        return batchId;
    }

    public String depositId() {
        return depositId;
    }

    /** The payment's place in its batch, from 0. */
    public int position() {
        return position;
    }

    public State state() {
        return state;
    }

    public Address token() {
        return token;
    }

    public BigInteger amount() {
        return amount;
    }

    public String reference() {
        return reference;
    }

    public String email() {
        return email;
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    /** When it may be given out; null for as soon as it is ready. */
    public Instant releaseAt() {
        return releaseAt;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Address recipient() {
        return recipient;
    }

    public Bytes32 txHash() {
        return txHash;
    }

    public Instant redeemedAt() {
        return redeemedAt;
    }
}
