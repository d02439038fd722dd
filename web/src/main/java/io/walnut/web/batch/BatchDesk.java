package io.walnut.web.batch;

import io.walnut.ejb.chain.EscrowSettings;
import io.walnut.ejb.chain.Outbox;
import io.walnut.ejb.treasury.Batch;
import io.walnut.ejb.treasury.BatchStore;
import io.walnut.ejb.treasury.EnclaveTasks;
import io.walnut.ejb.treasury.FundingDeposit;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Puts a batch together with its deposits. */
@RequestScoped
public class BatchDesk {
    @EJB
    private BatchStore batches;
    @EJB
    private EnclaveTasks tasks;
    @EJB
    private Outbox outbox;
    @Inject
    private EscrowSettings escrow;

    BatchView view(Batch batch) {
        List<DepositView> deposits = batches.deposits(batch.id()).stream().map(this::view).toList();
        return BatchView.of(batch, deposits);
    }

    BatchView summary(Batch batch) {
        return BatchView.of(batch, null);
    }

    private DepositView view(FundingDeposit deposit) {
        return DepositView.of(deposit, escrow,
            outbox.findLast(deposit.purpose()).map(DepositView.Funding::of).orElse(null),
            tasks.latest(deposit.id()).map(t -> DepositView.Task.of(t, tasks.previous(t))).orElse(null));
    }
}
