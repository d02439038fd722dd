package io.walnut.ejb.relay;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.audit.Journal;
import io.walnut.ejb.chain.EscrowEvent;
import io.walnut.ejb.chain.EscrowNews;
import io.walnut.ejb.chain.TransactionOutcome;
import io.walnut.ejb.link.LinkNote;
import io.walnut.ejb.link.LinkStore;
import io.walnut.ejb.link.PaymentLink;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Takes in what became of claims: from the outbox its transactions, from the chain what was paid. */
@Stateless
public class ClaimWatch {
    private static final String PURPOSE = "claim:";

    @EJB
    private ClaimStore claims;
    @EJB
    private LinkStore links;
    @EJB
    private BundleWatch bundles;
    @EJB
    private Reclaim reclaim;
    @EJB
    private Journal journal;

    public void take(@Observes TransactionOutcome outcome) {
        if (outcome.purpose().startsWith(RelayedClaim.BUNDLE)) {
            bundles.take(outcome);
        }
        if (!outcome.purpose().startsWith(PURPOSE)) {
            return;
        }
        RelayedClaim claim = claims.lock(outcome.purpose().substring(PURPOSE.length())).orElseThrow();
        if (claim.state() == RelayedClaim.State.SETTLED || claim.state() == RelayedClaim.State.FAILED) {
            return;
        }
        switch (outcome.state()) {
            case MINED -> claim.mined(outcome.hash().orElseThrow());
            case SENT -> claim.unmined();
            case SETTLED -> claim.settled(outcome.hash().orElseThrow());
            case REVERTED -> fail(claim, "claim_reverted");
            case REJECTED -> fail(claim, "claim_would_fail");
            default -> throw new IllegalStateException("no outcome: " + outcome.state());
        }
    }

    private void fail(RelayedClaim claim, String code) {
        claim.failed(code);
        LinkNote note = links.note(claim.linkKey()).orElseThrow();
        PaymentLink link = links.lock(note.linkId());
        if (claims.underWay(links.notesOfLink(link.id()).stream().map(LinkNote::linkKey).toList()).isEmpty()) {
            if (link.state() == PaymentLink.State.CLAIM_PENDING) {
                link.claimFailed();
            } else if (link.state() == PaymentLink.State.RECLAIM_PENDING) {
                link.reclaimFailed();
            }
        }
        journal.record("claim.failed", Journal.SYSTEM, link.id(), link.batchId(), Map.of("code", code));
    }

    public void take(@Observes EscrowNews news) {
        Map<Address, EscrowEvent.Redeemed> redeemed = new TreeMap<>();
        for (EscrowEvent event : news.settled()) {
            if (event instanceof EscrowEvent.Redeemed paid) {
                redeemed.put(paid.linkKey(), paid);
            }
        }
        var last = new TreeMap<String, EscrowEvent.Redeemed>();
        for (LinkNote note : links.notes(redeemed.keySet())) {
            EscrowEvent.Redeemed paid = redeemed.get(note.linkKey());
            note.redeemed(paid.txHash(), paid.recipient());
            last.put(note.linkId(), paid);
        }
        finish(last);
    }

    /** Whatever the number of links, two queries: each would look through all that has been changed so far. */
    private void finish(Map<String, EscrowEvent.Redeemed> last) {
        Map<String, List<LinkNote>> notes = links.notesOfLinks(last.keySet());
        List<String> paid = last.keySet().stream()
            .filter(id -> notes.get(id).stream().allMatch(n -> n.redeemedTx() != null)).toList();
        links.lockAll(paid).forEach(link -> finish(link, notes.get(link.id()), last.get(link.id())));
    }

    private void finish(PaymentLink link, List<LinkNote> notes, EscrowEvent.Redeemed last) {
        if (link.redeemedAt() != null || link.state() == PaymentLink.State.CANCELLED) {
            return;
        }
        boolean back = link.state() == PaymentLink.State.RECLAIM_PENDING && reclaim.treasury()
            .filter(t -> notes.stream().allMatch(n -> t.equals(n.redeemedTo()))).isPresent();
        Bytes32 tx = last.txHash();
        if (back) {
            link.reclaimed(last.recipient(), tx);
        } else {
            link.redeemed(last.recipient(), tx);
        }
        journal.record("link." + link.state().name().toLowerCase(Locale.ROOT), Journal.SYSTEM, link.id(), link.batchId(),
            Map.of("tx_hash", tx.toString()));
    }
}
