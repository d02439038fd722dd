package io.walnut.ejb.treasury;

import io.walnut.contracts.Address;
import io.walnut.contracts.EscrowAbi;
import io.walnut.ejb.audit.Journal;
import io.walnut.ejb.chain.ChainTransaction;
import io.walnut.ejb.chain.EscrowSettings;
import io.walnut.ejb.chain.Outbox;
import io.walnut.ejb.chain.Sender;
import io.walnut.ejb.chain.SenderKeys;
import io.walnut.ejb.chain.TokenFunding;
import io.walnut.ejb.link.LinkStore;
import io.walnut.ejb.link.PaymentLink;
import io.walnut.ejb.shared.IllegalTransitionException;
import io.walnut.ejb.shared.Refusal;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What people do with a batch, and how it follows its deposits. */
@Stateless
public class BatchLife {
    @EJB
    private BatchStore batches;
    @EJB
    private LinkStore links;
    @EJB
    private LinkIssue issue;
    @EJB
    private Journal journal;
    @EJB
    private Outbox outbox;
    @EJB
    private TokenFunding tokens;
    @Inject
    private SenderKeys keys;
    @Inject
    private EscrowSettings escrow;

    /** Makes its links, and hands it in for approval. */
    public Batch submit(String id, String by) {
        Batch batch = batches.lock(id);
        batch.submit(by);
        issue.issue(batch);
        journal.record("batch.submitted", by, id, id);
        return batch;
    }

    public Batch approve(String id, String by) {
        Batch batch = batches.lock(id);
        batch.approve(by);
        journal.record("batch.approved", by, id, id);
        follow(id);
        return batch;
    }

    /** Before the money has moved: its links are withdrawn. */
    public Batch cancel(String id, String by) {
        Batch batch = batches.lock(id);
        for (FundingDeposit deposit : batches.deposits(id)) {
            if (deposit.state() != FundingDeposit.State.AWAITING
                || outbox.findLast(deposit.purpose()).filter(ChainTransaction::mayMoveMoney).isPresent()) {
                throw Refusal.of(Refusal.Kind.CONFLICT, "batch_funded",
                    "The batch is funded; cancel its links instead, once they are ready.");
            }
        }
        batch.cancel();
        links.ofBatch(id).forEach(PaymentLink::withdraw);
        journal.record("batch.cancelled", by, id, id);
        return batch;
    }

    /** Sends the deposits that are still awaited with the treasury's key; asked again, it does nothing more. */
    public Batch fund(String id, String by) {
        Batch batch = batches.lock(id);
        if (keys.address(Sender.TREASURY).isEmpty()) {
            throw Refusal.of(Refusal.Kind.UNPROCESSABLE, "no_treasury_key",
                "No treasury key is configured: send each deposit's transaction with your own wallet.");
        }
        if (batch.state() != Batch.State.AWAITING_DEPOSIT) {
            if (batch.state() == Batch.State.DRAFT || batch.state() == Batch.State.SUBMITTED
                || batch.state() == Batch.State.CANCELLED) {
                throw new IllegalTransitionException("batch", id, batch.state(), "be funded");
            }
            return batch;
        }
        List<FundingDeposit> awaited = batches.deposits(id).stream()
            .filter(deposit -> deposit.state() == FundingDeposit.State.AWAITING).toList();
        if (batch.token().isZero()) {
            awaited.forEach(deposit -> outbox.enqueueAgain(deposit.purpose(), Sender.TREASURY, escrow.address(),
                deposit.value(), EscrowAbi.deposit(deposit.terms())));
        } else {
            tokens.pay(id, batch.token(), keys.address(Sender.TREASURY).orElseThrow(), awaited.stream()
                .map(d -> new TokenFunding.Payment(d.purpose(), d.amount(), EscrowAbi.deposit(d.terms()))).toList());
        }
        journal.record("batch.funded", by, id, id, Map.of("total", batch.total().toString()));
        return batch;
    }

    /** Asks the enclave again for what failed. */
    public Batch retry(String id, String by) {
        Batch batch = batches.lock(id);
        if (batch.state() != Batch.State.FAILED) {
            throw new IllegalTransitionException("batch", id, batch.state(), "be retried");
        }
        batches.deposits(id).stream().filter(d -> d.state() == FundingDeposit.State.FAILED)
            .forEach(FundingDeposit::tryAgain);
        journal.record("batch.retried", by, id, id);
        follow(id);
        return batch;
    }

    /** Brings the batch to where its slowest deposit is; one failed deposit makes it fail. */
    public void follow(String batchId) {
        Batch batch = batches.lock(batchId);
        List<FundingDeposit> deposits = batches.deposits(batchId);
        if (!batch.followsDeposits() || deposits.stream().anyMatch(d -> d.state() == FundingDeposit.State.FAILED)) {
            return;
        }
        FundingDeposit.State slowest = deposits.stream().map(FundingDeposit::state)
            .min(Comparator.naturalOrder()).orElseThrow();
        if (batch.follow(slowest)) {
            journal.record("batch." + batch.state().name().toLowerCase(Locale.ROOT), Journal.SYSTEM, batchId, batchId);
        }
    }

    public void fail(String batchId, String code, String message) {
        batches.lock(batchId).fail(code, message);
        journal.record("batch.failed", Journal.SYSTEM, batchId, batchId, Map.of("code", code));
    }
}
