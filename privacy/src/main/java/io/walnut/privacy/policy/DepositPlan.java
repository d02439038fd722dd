package io.walnut.privacy.policy;

import java.math.BigInteger;
import java.util.List;

/**
 * One deposit of a batch, before it has keys and salts.
 *
 * @param firstPayment the index, in the batch, of the first payment
 * @param payments the notes of each payment, in the order of the batch
 * @param change notes that belong to the sender, who claims them back later
 * @param amount what is deposited: the sum of all notes
 */
public record DepositPlan(int firstPayment, List<List<BigInteger>> payments, List<BigInteger> change,
        BigInteger amount) {

    public DepositPlan {
        payments = payments.stream().map(List::copyOf).toList();
        change = List.copyOf(change);
    }

    static DepositPlan of(Policy policy, int firstPayment, List<List<BigInteger>> payments) {
        BigInteger total = payments.stream().flatMap(List::stream).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger size = policy.depositSize(total);
        return new DepositPlan(firstPayment, payments, policy.change(size.subtract(total)), size);
    }

    public int noteCount() {
        return payments.stream().mapToInt(List::size).sum() + change.size();
    }
}
