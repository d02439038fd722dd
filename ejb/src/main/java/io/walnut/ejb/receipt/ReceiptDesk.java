package io.walnut.ejb.receipt;

import io.walnut.contracts.Note;
import io.walnut.contracts.NoteTree;
import io.walnut.ejb.audit.Journal;
import io.walnut.ejb.chain.EscrowSettings;
import io.walnut.ejb.iexec.SigningKey;
import io.walnut.ejb.link.LinkStore;
import io.walnut.ejb.link.PaymentLink;
import io.walnut.ejb.shared.Refusal;
import io.walnut.ejb.treasury.BatchStore;
import io.walnut.ejb.treasury.FundingDeposit;
import io.walnut.ejb.treasury.SeedVault;
import io.walnut.privacy.receipt.Receipt;
import io.walnut.privacy.receipt.ReceiptJson;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Discloses one payment, to be shown to an auditor or a tax office: {@code docs/protocol.md} §9. */
@Stateless
public class ReceiptDesk {
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
    private ReceiptKey key;

    /**
     * The receipt's file. Each time one is made is written down: it ties the payment to its deposit for whoever sees it.
     *
     * @throws Refusal {@code no_receipt_key}, or {@code deposit_not_final} before there is anything to show
     */
    public String issue(String linkId, String by) {
        PaymentLink link = links.get(linkId);
        SigningKey signer = key.find().orElseThrow(() -> Refusal.of(Refusal.Kind.UNPROCESSABLE, "no_receipt_key",
            "Set walnut.receipt.keystore, or a treasury key: a receipt is the company's signed word."));
        FundingDeposit deposit = batches.deposit(link.depositId());
        if (deposit.state() == FundingDeposit.State.AWAITING || deposit.state() == FundingDeposit.State.SEEN) {
            throw Refusal.of(Refusal.Kind.CONFLICT, "deposit_not_final",
                "The payment's deposit is not final yet: there is nothing on chain to show.");
        }
        var receipt = new Receipt(escrow.domain(), deposit.terms(), deposit.txHash(), items(link, deposit),
            reference(link), Instant.now().truncatedTo(ChronoUnit.SECONDS));
        journal.record("link.receipt_issued", by, link.id(), link.batchId());
        return ReceiptJson.write(new Receipt.Signed(receipt, signer.address(), signer.sign(receipt.digest())));
    }

    private List<Receipt.Item> items(PaymentLink link, FundingDeposit deposit) {
        List<Note> all = vault.notes(deposit);
        NoteTree tree = NoteTree.of(all);
        return links.notesOfLink(link.id()).stream().map(n -> new Receipt.Item(all.get(n.positionInDeposit()),
            tree.path(n.positionInDeposit()), Optional.ofNullable(n.redeemedTx()))).toList();
    }

    /** Cut where a receipt has no room for more. */
    private static String reference(PaymentLink link) {
        String text = link.reference() == null ? "" : link.reference();
        while (text.getBytes(StandardCharsets.UTF_8).length > Receipt.MAX_REFERENCE) {
            text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
        }
        return text;
    }
}
