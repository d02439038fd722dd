package io.walnut.ejb.chain;

import io.walnut.contracts.Address;
import io.walnut.contracts.Hex;
import io.walnut.ejb.shared.Refusal;
import io.walnut.ejb.shared.Refusal.Kind;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pays deposits of an ERC-20 token: the treasury lets the escrow have exactly what they come to, then makes
 * them. All of it is stored at once, and each transaction is signed when the one before it is in a block, so
 * a kill between them leaves nothing out and does nothing twice.
 */
@Stateless
public class TokenFunding {
    private static final String APPROVE = "approve:";

    @PersistenceContext(unitName = "walnut")
    private EntityManager em;
    @EJB
    private Outbox outbox;
    @Inject
    private Chains chains;
    @Inject
    private EscrowSettings escrow;

    /** @param purpose the outbox's @param data the call of the escrow */
    public record Payment(String purpose, BigInteger amount, byte[] data) {
    }

    private record Funds(BigInteger balance, BigInteger allowance) {
    }

    /**
     * Enqueues what is missing; payments that are under way or done are left alone.
     *
     * @param flow names the approvals, such as the batch's id
     * @throws Refusal {@code treasury_funds_low}, {@code chain_unavailable}
     */
    public void pay(String flow, Address token, Address treasury, List<Payment> payments) {
        List<Payment> missing = payments.stream().filter(p -> outbox.findLast(p.purpose())
            .filter(ChainTransaction::mayMoveMoney).isEmpty()).toList();
        if (missing.isEmpty()) {
            return;
        }
        BigInteger due = missing.stream().map(Payment::amount).reduce(BigInteger.ZERO, BigInteger::add);
        Funds funds = funds(token, treasury);
        if (funds.balance().compareTo(due) < 0) {
            throw Refusal.of(Kind.UNPROCESSABLE, "treasury_funds_low", "The treasury holds " + funds.balance()
                + " of the token and the deposits come to " + due + ", in its smallest unit: send the difference to "
                + treasury + " and fund the batch again.");
        }
        // Flows of one token come one after the other: the allowance is one number for all of them.
        ChainTransaction last = lastUnderWay(flowTag(token)).orElse(null);
        if (last != null || funds.allowance().compareTo(due) < 0) {
            last = approve(flow, token, due, funds.allowance(), last);
        }
        for (Payment payment : missing) {
            ChainTransaction deposit = outbox.enqueueAgain(payment.purpose(), Sender.TREASURY, escrow.address(),
                BigInteger.ZERO, payment.data());
            deposit.comesAfter(last, flowTag(token));
        }
    }

    /** Exactly what is due. Tokens such as USDT change an allowance only from or to zero. */
    private ChainTransaction approve(String flow, Address token, BigInteger due, BigInteger allowance,
        ChainTransaction last) {
        ChainTransaction before = last;
        if (allowance.signum() > 0) {
            before = approval(flow, token, BigInteger.ZERO, before);
        }
        return approval(flow, token, due, before);
    }

    private ChainTransaction approval(String flow, Address token, BigInteger amount, ChainTransaction before) {
        ChainTransaction approval = outbox.enqueueNew(APPROVE + flow, Sender.TREASURY, token, BigInteger.ZERO,
            Erc20.approve(escrow.address(), amount));
        approval.comesAfter(before, flowTag(token));
        return approval;
    }

    private Optional<ChainTransaction> lastUnderWay(String tag) {
        return em.createQuery("select t from ChainTransaction t where t.flow = :tag and t.state in (QUEUED, SIGNED, SENT)"
            + " order by t.id desc", ChainTransaction.class).setParameter("tag", tag).setMaxResults(1)
            .getResultStream().findFirst();
    }

    private static String flowTag(Address token) {
        return "token:" + token.hex();
    }

    private Funds funds(Address token, Address treasury) {
        try {
            List<RpcClient.Reply> replies = chains.escrow().rpc().batch(List.of(
                view(token, Erc20.balanceOf(treasury)), view(token, Erc20.allowance(treasury, escrow.address()))));
            return new Funds(ChainNode.big(replies.get(0).value()), ChainNode.big(replies.get(1).value()));
        } catch (RpcException e) {
            throw Refusal.of(Kind.UNAVAILABLE, "chain_unavailable",
                "The chain cannot be reached; try again in a minute.");
        }
    }

    private static RpcClient.Call view(Address token, byte[] data) {
        return RpcClient.Call.of("eth_call", Map.of("to", token.hex(), "data", Hex.encode(data)), "latest");
    }
}
