package io.walnut.ejb.relay;

import io.walnut.contracts.Address;
import io.walnut.contracts.Claim;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.Signature;
import io.walnut.contracts.Voucher;
import io.walnut.ejb.audit.Journal;
import io.walnut.ejb.chain.EscrowChain;
import io.walnut.ejb.chain.EscrowSettings;
import io.walnut.ejb.chain.Outbox;
import io.walnut.ejb.chain.RpcException;
import io.walnut.ejb.chain.Sender;
import io.walnut.ejb.chain.SenderKeys;
import io.walnut.ejb.link.LinkNote;
import io.walnut.ejb.link.LinkStore;
import io.walnut.ejb.link.PaymentLink;
import io.walnut.ejb.shared.Refusal;
import io.walnut.ejb.shared.Refusal.Kind;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/** Takes claims of recipients, who have no login and pay no gas: the link key's signature is all they show. */
@Stateless
public class ClaimDesk {
    private static final long MIN_SECONDS_LEFT = 30;

    @EJB
    private ClaimStore claims;
    @EJB
    private LinkStore links;
    @EJB
    private Outbox outbox;
    @EJB
    private Journal journal;
    @Inject
    private EscrowChain chain;
    @Inject
    private EscrowSettings escrow;
    @Inject
    private SenderKeys keys;

    /** What a claim has to name so that it is relayed. */
    public record Quote(Address relayer, BigInteger fee) {
    }

    /** Without a fee no relayer needs to be named. */
    public Quote quote() {
        BigInteger fee = escrow.relayerFee();
        return new Quote(fee.signum() == 0 ? Address.ZERO : keys.address(Sender.RELAYER).orElse(Address.ZERO), fee);
    }

    /** Relays the claim; asked again, answers with the claim that is under way or the payment that was made. */
    public ClaimStatus accept(ClaimRequest request) {
        LinkNote note = links.note(request.claim().linkKey()).orElseThrow(() -> Refusal.of(Kind.NOT_FOUND,
            "link_unknown", "This portal did not issue that link; it can still be claimed with one's own gas."));
        Optional<ClaimStatus> known = known(note, request.claim());
        if (known.isPresent()) {
            return known.get();
        }
        PaymentLink link = links.lock(note.linkId());
        check(request, note, link);
        simulate(request);
        var claim = new RelayedClaim(request.claim(), note.amount(), request.linkSignature(), false);
        claims.add(claim);
        link.claimStarted();
        send(claim, request.claim(), link, note, request.linkSignature());
        journal.record("link.claim_pending", "recipient", link.id(), link.batchId());
        return status(claim);
    }

    public ClaimStatus status(String id) {
        return status(claims.get(id));
    }

    public void send(RelayedClaim row, Claim claim, PaymentLink link, LinkNote note, Signature linkSignature) {
        outbox.enqueue(row.purpose(), Sender.RELAYER, escrow.address(), BigInteger.ZERO, EscrowAbi.claim(
            new Voucher(link.token(), note.amount(), note.linkKey()), note.voucherSignature(), claim, linkSignature));
    }

    private Optional<ClaimStatus> known(LinkNote note, Claim claim) {
        if (note.redeemedTx() != null) {
            return Optional.of(new ClaimStatus(claims.active(note.linkKey()).map(RelayedClaim::id).orElse(null),
                "settled", note.linkKey(), note.redeemedTo(), note.amount(), BigInteger.ZERO, note.redeemedTx(), null));
        }
        Optional<RelayedClaim> active = claims.active(note.linkKey());
        if (active.isEmpty()) {
            return Optional.empty();
        }
        if (!active.get().is(claim)) {
            throw Refusal.of(Kind.CONFLICT, "claim_in_flight",
                "Another claim of this link is under way; wait for its end.");
        }
        return active.map(this::status);
    }

    private void check(ClaimRequest request, LinkNote note, PaymentLink link) {
        if (link.state() != PaymentLink.State.READY && link.state() != PaymentLink.State.CLAIM_PENDING) {
            throw Refusal.of(Kind.CONFLICT, "link_not_ready", switch (link.state()) {
                case ISSUED -> "The link is not funded yet.";
                case RECLAIM_PENDING, CANCELLED -> "The sender has taken the payment back.";
                case EXPIRED -> "The link has expired, and the payment went back to its sender.";
                default -> "The link has been claimed.";
            });
        }
        Claim claim = request.claim();
        if (!request.amount().equals(note.amount()) || !request.token().equals(link.token())
            || !request.voucherSignature().equals(note.voucherSignature())) {
            throw Refusal.of(Kind.UNPROCESSABLE, "voucher_mismatch", "The voucher is not the one of this link.");
        }
        if (claim.recipient().isZero() || claim.recipient().equals(escrow.address())) {
            throw Refusal.invalid("recipient", "The recipient cannot be the zero address or the escrow.");
        }
        if (!signedByLinkKey(request)) {
            throw Refusal.of(Kind.UNPROCESSABLE, "signature_invalid",
                "link_signature is not the link key's signature of this claim.");
        }
        if (claim.deadline().compareTo(BigInteger.valueOf(Instant.now().getEpochSecond() + MIN_SECONDS_LEFT)) < 0) {
            throw Refusal.of(Kind.UNPROCESSABLE, "deadline_invalid",
                "The deadline must lie at least " + MIN_SECONDS_LEFT + " seconds ahead.");
        }
        checkFee(claim);
    }

    private void checkFee(Claim claim) {
        boolean ours = keys.address(Sender.RELAYER).equals(Optional.of(claim.relayer()));
        if (claim.fee().compareTo(escrow.relayerFee()) < 0 || claim.fee().signum() > 0 && !ours) {
            throw Refusal.of(Kind.UNPROCESSABLE, "fee_too_low",
                "Sign the claim with the relayer and the fee of GET /api/v1/escrow.");
        }
    }

    private boolean signedByLinkKey(ClaimRequest request) {
        return Curve.NATIVE.recover(request.claim().digest(escrow.domain()), request.linkSignature())
            .equals(Optional.of(request.claim().linkKey()));
    }

    private void simulate(ClaimRequest request) {
        try {
            chain.simulate(keys.address(Sender.RELAYER).orElse(Address.ZERO), EscrowAbi.claim(
                new Voucher(request.token(), request.amount(), request.claim().linkKey()),
                request.voucherSignature(), request.claim(), request.linkSignature()));
        } catch (RpcException e) {
            if (e.isRefusal()) {
                throw Refusal.of(Kind.UNPROCESSABLE, "claim_would_fail",
                    "The escrow would refuse this claim: " + e.getMessage() + ' ' + e.data());
            }
            throw Refusal.of(Kind.UNAVAILABLE, "chain_unavailable",
                "The chain cannot be reached; try again in a minute.");
        }
    }

    private ClaimStatus status(RelayedClaim claim) {
        String state = claim.state().name().toLowerCase(java.util.Locale.ROOT);
        io.walnut.contracts.Bytes32 hash = claim.txHash();
        if (claim.state() == RelayedClaim.State.QUEUED) {
            var tx = outbox.find(claim.purpose()).filter(t -> t.hash() != null);
            state = tx.isPresent() ? "sent" : "queued";
            hash = tx.map(t -> t.hash()).orElse(null);
        }
        return new ClaimStatus(claim.id(), state, claim.linkKey(), claim.recipient(), claim.amount(), claim.fee(),
            hash, claim.failureCode());
    }

    /** Loaded with the first use: the library is native. */
    private static final class Curve {
        static final Secp256k1 NATIVE = Secp256k1.nativeLibrary();
    }
}
