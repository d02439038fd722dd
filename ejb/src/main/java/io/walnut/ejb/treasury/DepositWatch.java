package io.walnut.ejb.treasury;

import io.walnut.contracts.Bytes32;
import io.walnut.ejb.chain.EscrowEvent;
import io.walnut.ejb.chain.EscrowNews;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Takes in what the chain says of our deposits. */
@Stateless
public class DepositWatch {
    private static final int MOST_SEEN = 1000;

    @EJB
    private BatchStore batches;
    @EJB
    private BatchLife life;

    public void take(@Observes EscrowNews news) {
        var moved = new TreeSet<String>();
        Map<Bytes32, EscrowEvent.Deposited> settled = byDeposit(news.settled());
        for (FundingDeposit deposit : batches.depositsByHash(settled.keySet())) {
            var event = settled.get(deposit.hash());
            if (deposit.state() == FundingDeposit.State.AWAITING || deposit.state() == FundingDeposit.State.SEEN) {
                deposit.finalized(event.depositor(), event.txHash(), event.blockNumber());
                moved.add(deposit.batchId());
            }
        }
        Map<Bytes32, EscrowEvent.Deposited> pending = byDeposit(news.pending());
        for (FundingDeposit deposit : batches.depositsByHash(pending.keySet())) {
            var event = pending.get(deposit.hash());
            if (deposit.state() == FundingDeposit.State.AWAITING) {
                deposit.seen(event.depositor(), event.txHash(), event.blockNumber());
                moved.add(deposit.batchId());
            }
        }
        if (news.complete()) {
            for (FundingDeposit deposit : batches.depositsIn(FundingDeposit.State.SEEN, MOST_SEEN)) {
                if (!pending.containsKey(deposit.hash())) {
                    deposit.unseen();
                    moved.add(deposit.batchId());
                }
            }
        }
        moved.forEach(life::follow);
    }

    private static Map<Bytes32, EscrowEvent.Deposited> byDeposit(List<EscrowEvent> events) {
        return events.stream()
            .filter(EscrowEvent.Deposited.class::isInstance).map(EscrowEvent.Deposited.class::cast)
            .collect(Collectors.toMap(EscrowEvent.Deposited::deposit, Function.identity(), (a, b) -> b));
    }
}
