package io.walnut.privacy.policy;

import io.walnut.contracts.Amounts;
import io.walnut.contracts.Link;
import io.walnut.contracts.NoteTree;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** How payments become notes, and notes become deposits. Amounts are in the asset's smallest unit. */
public sealed interface Policy permits StandardPolicy, ExactPolicy {

    /** {@code STANDARD} or {@code EXACT}, as the API calls it. */
    String name();

    /**
     * The notes of one payment, largest first.
     *
     * @throws PolicyRefusal for an amount that this policy cannot carry
     */
    List<BigInteger> split(BigInteger amount);

    /** The deposit that carries payments of {@code total}: at least {@code total}, the rest being change. */
    BigInteger depositSize(BigInteger total);

    /** The notes by which {@code change} returns to the sender; empty for zero. */
    List<BigInteger> change(BigInteger change);

    /**
     * Packs payments, in their order, into as few deposits as hold them. A payment's notes all lie in one deposit.
     *
     * @param payments at least one
     * @throws PolicyRefusal when one of them cannot be carried
     */
    default List<DepositPlan> plan(List<BigInteger> payments) {
        if (payments.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one payment");
        }
        var plans = new ArrayList<DepositPlan>();
        var open = new ArrayList<List<BigInteger>>();
        DepositPlan fits = null;
        int first = 0;
        for (BigInteger payment : payments) {
            open.add(split(payment));
            DepositPlan tried = DepositPlan.of(this, first, open);
            if (fits != null && tried.noteCount() > NoteTree.MAX_NOTES) {
                plans.add(fits);
                first += fits.payments().size();
                open.subList(0, open.size() - 1).clear();
                tried = DepositPlan.of(this, first, open);
            }
            fits = tried;
        }
        plans.add(fits);
        return plans;
    }

    /** @throws PolicyRefusal {@code AMOUNT_OUT_OF_RANGE} for an amount that no note can hold */
    static BigInteger requireAmount(BigInteger amount) {
        if (!Amounts.isValid(amount)) {
            throw new PolicyRefusal(PolicyRefusal.Code.AMOUNT_OUT_OF_RANGE,
                    "an amount must be between 1 and 2^128 - 1 smallest units");
        }
        return amount;
    }

    /** The most notes that one payment may have. */
    int MOST_NOTES = Link.MAX_NOTES;
}
