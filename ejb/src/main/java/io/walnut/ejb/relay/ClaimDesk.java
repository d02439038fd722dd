package io.walnut.ejb.relay;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Claim;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.EscrowAbi.SignedClaim;
import io.walnut.contracts.Secp256k1;
import io.walnut.ejb.audit.Journal;
import io.walnut.ejb.chain.ChainTransaction;
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
import java.util.Locale;
import java.util.Optional;

/** Takes claims of recipients, who have no login and pay no gas: the link key's signature is all they show. */
@Stateless
public class ClaimDesk {
    @EJB
    private ClaimStore claims;
    @EJB
    private LinkStore links;
    @EJB
    private PaidNotes paid;
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
    @Inject
    private ClaimDelay delay;

    /** What a claim has to name so that it is relayed, and how long it can be held for privacy. */
    public record Quote(Address relayer, BigInteger fee, long maxPatienceSeconds, long advisedPatienceSeconds) {
    }

    /** Without a fee no relayer needs to be named. */
    public Quote quote() {
        BigInteger fee = escrow.relayerFee();
        return new Quote(fee.signum() == 0 ? Address.ZERO : keys.address(Sender.RELAYER).orElse(Address.ZERO), fee,
            delay.maxPatienceSeconds(), delay.advisedPatienceSeconds());
    }

    /**
     * Relays the claim, at once or later; asked again, answers with the claim that is under way or the payment that
     * was made. Everything that is refused before it is known whether the note is paid does not depend on whose it is.
     */
    public ClaimStatus accept(ClaimRequest request) {
        delay.requireOffered(request.patienceSeconds());
        if (!signedByLinkKey(request)) {
            throw Refusal.of(Kind.UNPROCESSABLE, "signature_invalid",
                "link_signature is not the link key's signature of this claim.");
        }
        EscrowChain.Look look = look(request);
        Optional<ClaimStatus> payment = paid.find(request.linkKey(), look);
        if (payment.isPresent()) {
            return payment.get();
        }
        LinkNote note = links.note(request.linkKey()).orElseThrow(() -> Refusal.of(Kind.NOT_FOUND,
            "link_unknown", "This portal did not issue that link; it can still be claimed with one's own gas."));
        PaymentLink link = links.lock(note.linkId());
        Optional<RelayedClaim> active = claims.active(request.linkKey());
        return active.isPresent() ? again(active.get(), request) : accept(request, note, link, look);
    }

    private ClaimStatus accept(ClaimRequest request, LinkNote note, PaymentLink link, EscrowChain.Look look) {
        check(request, note, link);
        if (look.refusal().isPresent()) {
            throw Refusal.of(Kind.UNPROCESSABLE, "claim_would_fail",
                "The escrow would refuse this claim: " + look.refusal().get().getMessage() + ' '
                    + look.refusal().get().data());
        }
        boolean atOnce = request.patienceSeconds() == 0;
        var claim = atOnce ? new RelayedClaim(note.linkKey(), request.claim(), request.linkSignature(), false)
            : new RelayedClaim(note.linkKey(), request.claim(), request.linkSignature(),
                delay.draw(request.patienceSeconds()));
        claims.add(claim);
        link.claimStarted();
        if (atOnce) {
            sendAlone(claim, signed(claim, note, link));
        }
        journal.record("link.claim_pending", "recipient", link.id(), link.batchId());
        return status(claim, Optional.empty());
    }

    /** The same claim once more; with less patience than before, it is sent sooner. */
    private ClaimStatus again(RelayedClaim active, ClaimRequest request) {
        if (!active.is(request.claim())) {
            throw Refusal.of(Kind.CONFLICT, "claim_in_flight",
                "Another claim of this link is under way; wait for its end.");
        }
        if (active.state() == RelayedClaim.State.SCHEDULED) {
            active.hasten(delay.draw(request.patienceSeconds()));
        }
        return status(active);
    }

    public ClaimStatus status(String id) {
        return status(claims.get(id));
    }

    /** Means to send a claim in a transaction of its own, which it gets only once. */
    public void sendAlone(RelayedClaim claim) {
        sendAlone(claim, signed(claim));
    }

    private void sendAlone(RelayedClaim claim, SignedClaim signed) {
        outbox.add(claim.purpose(), Sender.RELAYER, escrow.address(), BigInteger.ZERO, EscrowAbi.claim(signed));
    }

    /** What the escrow takes for a claim. */
    public SignedClaim signed(RelayedClaim claim) {
        LinkNote note = links.note(claim.linkKey()).orElseThrow();
        return signed(claim, note, links.get(note.linkId()));
    }

    private static SignedClaim signed(RelayedClaim claim, LinkNote note, PaymentLink link) {
        return new SignedClaim(claim.terms(link.token()), claim.linkSignature(), note.voucherSignature());
    }

    private void check(ClaimRequest request, LinkNote note, PaymentLink link) {
        if (link.state() != PaymentLink.State.READY && link.state() != PaymentLink.State.CLAIM_PENDING) {
            throw link.notReady();
        }
        Claim claim = request.claim();
        if (!claim.amount().equals(note.amount()) || !claim.token().equals(link.token())
            || !request.voucherSignature().equals(note.voucherSignature())) {
            throw Refusal.of(Kind.UNPROCESSABLE, "voucher_mismatch", "The voucher is not the one of this link.");
        }
        if (claim.recipient().isZero() || claim.recipient().equals(escrow.address())) {
            throw Refusal.invalid("recipient", "The recipient cannot be the zero address or the escrow.");
        }
        checkDeadline(claim, request.patienceSeconds());
        checkFee(claim);
    }

    private void checkDeadline(Claim claim, long patienceSeconds) {
        long needed = delay.secondsNeeded(patienceSeconds);
        if (claim.deadline().compareTo(BigInteger.valueOf(Instant.now().getEpochSecond() + needed)) < 0) {
            throw Refusal.of(Kind.UNPROCESSABLE, "deadline_invalid", "The deadline must lie at least " + needed
                + " seconds ahead" + (patienceSeconds == 0 ? "." : ": the patience and some time to send it."));
        }
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
            .equals(Optional.of(request.linkKey()));
    }

    private EscrowChain.Look look(ClaimRequest request) {
        try {
            return chain.look(request.linkKey(), keys.address(Sender.RELAYER).orElse(Address.ZERO), EscrowAbi.claim(
                new SignedClaim(request.claim(), request.linkSignature(), request.voucherSignature())));
        } catch (RpcException e) {
            throw Refusal.of(Kind.UNAVAILABLE, "chain_unavailable",
                "The chain cannot be reached; try again in a minute.");
        }
    }

    private ClaimStatus status(RelayedClaim claim) {
        return status(claim, claim.state() == RelayedClaim.State.QUEUED
            ? outbox.find(claim.purpose()).map(ChainTransaction::hash) : Optional.ofNullable(claim.txHash()));
    }

    /** @param hash of its transaction, if one is signed */
    private static ClaimStatus status(RelayedClaim claim, Optional<Bytes32> hash) {
        boolean isSent = claim.state() == RelayedClaim.State.QUEUED && hash.isPresent();
        return new ClaimStatus(claim.id(), isSent ? "sent" : claim.state().name().toLowerCase(Locale.ROOT),
            claim.linkKey(), claim.recipient(), claim.amount(), claim.fee(), claim.payBy(), hash.orElse(null),
            claim.failureCode());
    }

    /** Loaded with the first use: the library is native. */
    private static final class Curve {
        static final Secp256k1 NATIVE = Secp256k1.nativeLibrary();
    }
}
