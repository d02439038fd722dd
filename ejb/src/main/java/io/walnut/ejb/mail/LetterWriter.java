package io.walnut.ejb.mail;

import io.walnut.ejb.chain.Tokens;
import io.walnut.ejb.link.LinkStore;
import io.walnut.ejb.link.PaymentLink;
import io.walnut.ejb.shared.Refusal;
import io.walnut.ejb.treasury.BatchStore;
import io.walnut.ejb.treasury.LinkReveal;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Puts a link together with what its recipient should know, at the moment of sending. */
@Stateless
public class LetterWriter {
    @EJB
    private LinkStore links;
    @EJB
    private LinkReveal reveal;
    @EJB
    private BatchStore batches;
    @Inject
    private Tokens tokens;
    @Inject
    private MailSettings settings;

    /** @throws Refusal {@code link_…} when the link is not, or no longer, there to be claimed */
    public Letter write(String linkId, String payer) {
        PaymentLink link = links.get(linkId);
        requireReady(link);
        String amount = tokens.find(link.token())
            .map(t -> Letter.amount(link.amount(), t.decimals(), t.symbol()))
            .orElseGet(() -> link.amount() + " smallest units of the token " + link.token().hex());
        return Letter.of(new Letter.Content(payer, amount, batches.get(link.batchId()).message(),
            settings.claimPage() + '#' + reveal.fragment(linkId), link.expiresAt()));
    }

    public static void requireReady(PaymentLink link) {
        if (link.state() != PaymentLink.State.READY) {
            throw link.notReady();
        }
    }
}
