package io.walnut.ejb.treasury;

import io.walnut.contracts.Link;
import io.walnut.contracts.LinkWords;
import io.walnut.contracts.Note;
import io.walnut.contracts.NoteTree;
import io.walnut.ejb.audit.Journal;
import io.walnut.ejb.chain.EscrowSettings;
import io.walnut.ejb.link.LinkNote;
import io.walnut.ejb.link.LinkStore;
import io.walnut.ejb.link.PaymentLink;
import io.walnut.ejb.shared.Refusal;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes the link that is given to its recipient. */
@Stateless
public class LinkReveal {
    @EJB
    private LinkStore links;
    @EJB
    private BatchStore batches;
    @EJB
    private SeedVault vault;
    @EJB
    private Journal journal;
    @Inject
    private EscrowSettings escrow;
    @Inject
    private Payer payer;

    /** The link's fragment; whoever has it can take the money. Each time it is asked for is written down. */
    public String reveal(String id, String by) {
        String fragment = fragment(id);
        journal.record("link.revealed", by, id, links.get(id).batchId());
        return fragment;
    }

    /** The same for callers that write down themselves what they do with it. */
    public String fragment(String id) {
        PaymentLink link = links.get(id);
        if (link.state() == PaymentLink.State.ISSUED) {
            throw link.notReady();
        }
        if (!link.isReleased(Instant.now())) {
            throw Refusal.of(Refusal.Kind.CONFLICT, "link_not_released", "The link is given out from "
                + link.releaseAt() + " on, so that its time does not tell its deposit.");
        }
        List<LinkNote> notes = links.notesOfLink(id);
        if (notes.stream().anyMatch(n -> n.voucherSignature() == null)) {
            throw link.notReady();
        }
        return fragment(link, notes);
    }

    private String fragment(PaymentLink link, List<LinkNote> notes) {
        List<Link.Item> items = notes.stream().map(n -> new Link.Item(n.amount(), n.voucherSignature())).toList();
        byte[] secret = vault.linkSecret(link);
        try (var payload = new Link(escrow.domain(), link.token(), secret, items, openings(link, notes), words(link))) {
            return payload.toFragment();
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * Words travel in the link alone: were they asked for by link, whoever has seen the answer would know whose
     * claim it is.
     */
    private Optional<LinkWords> words(PaymentLink link) {
        String message = batches.get(link.batchId()).message();
        return payer.name().isEmpty() && message == null ? Optional.empty()
            : Optional.of(new LinkWords(payer.name(), message == null ? "" : message));
    }

    private Optional<Link.Openings> openings(PaymentLink link, List<LinkNote> notes) {
        if (!batches.get(link.batchId()).openings()) {
            return Optional.empty();
        }
        FundingDeposit deposit = batches.deposit(link.depositId());
        List<Note> all = vault.notes(deposit);
        NoteTree tree = NoteTree.of(all);
        List<Link.Opening> openings = notes.stream().map(n -> new Link.Opening(
            all.get(n.positionInDeposit()).salt(), tree.path(n.positionInDeposit()))).toList();
        return Optional.of(new Link.Openings(deposit.amount(), deposit.notesRoot(), openings));
    }
}
