package io.walnut.privacy.policy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The standard amounts of one asset, in its smallest unit, largest first. Only series are accepted in which taking the
 * largest amount that fits, again and again, gives the fewest notes; 1-2-5 series are of that kind.
 */
public final class Denominations {

    private static final int[] STEPS = {1, 2, 5};

    private final List<BigInteger> descending;

    private Denominations(List<BigInteger> descending) {
        this.descending = descending;
    }

    /**
     * All amounts 1, 2 and 5 times a power of ten of {@code smallest}, up to {@code largest}.
     *
     * @throws IllegalArgumentException unless 0 &lt; smallest ≤ largest
     */
    public static Denominations oneTwoFive(BigInteger smallest, BigInteger largest) {
        if (smallest.signum() <= 0 || smallest.compareTo(largest) > 0) {
            throw new IllegalArgumentException("the smallest denomination must be positive and not above the largest");
        }
        var series = new ArrayList<BigInteger>();
        for (BigInteger power = smallest; power.compareTo(largest) <= 0; power = power.multiply(BigInteger.TEN)) {
            for (int step : STEPS) {
                BigInteger amount = power.multiply(BigInteger.valueOf(step));
                if (amount.compareTo(largest) <= 0) {
                    series.add(amount);
                }
            }
        }
        return of(series);
    }

    /**
     * @param amounts in any order
     * @throws IllegalArgumentException for none, repeated or non-positive ones, or when the greedy split would not be the
     *     shortest for some amount; the message names the smallest such amount
     */
    public static Denominations of(List<BigInteger> amounts) {
        List<BigInteger> descending = amounts.stream().sorted(Comparator.reverseOrder()).toList();
        if (descending.isEmpty() || descending.getLast().signum() <= 0
                || descending.stream().distinct().count() != descending.size()) {
            throw new IllegalArgumentException("denominations must be positive and different from each other");
        }
        BigInteger smallest = descending.getLast();
        if (descending.stream().anyMatch(d -> d.mod(smallest).signum() != 0)) {
            throw new IllegalArgumentException("each denomination must be a multiple of the smallest, " + smallest);
        }
        var denominations = new Denominations(descending);
        denominations.requireGreedyIsShortest();
        return denominations;
    }

    public List<BigInteger> descending() {
        return descending;
    }

    public BigInteger smallest() {
        return descending.getLast();
    }

    public BigInteger largest() {
        return descending.getFirst();
    }

    /** The smallest denomination not below {@code amount}, or, beyond the largest, the next multiple of the largest. */
    public BigInteger ceiling(BigInteger amount) {
        for (int i = descending.size() - 1; i >= 0; i--) {
            if (descending.get(i).compareTo(amount) >= 0) {
                return descending.get(i);
            }
        }
        BigInteger[] parts = amount.divideAndRemainder(largest());
        return largest().multiply(parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE));
    }

    /**
     * The fewest denominations that add up to {@code amount}, largest first.
     *
     * @param most how many are acceptable
     * @throws PolicyRefusal {@code AMOUNT_NOT_STANDARD} unless it is a positive multiple of the smallest;
     *     {@code TOO_MANY_NOTES} when more than {@code most} are needed
     */
    public List<BigInteger> split(BigInteger amount, int most) {
        if (amount.signum() <= 0 || amount.mod(smallest()).signum() != 0) {
            throw new PolicyRefusal(PolicyRefusal.Code.AMOUNT_NOT_STANDARD,
                    "an amount must be a positive multiple of " + smallest() + " smallest units, and " + amount + " is not");
        }
        var notes = new ArrayList<BigInteger>();
        BigInteger rest = amount;
        for (BigInteger denomination : descending) {
            BigInteger[] parts = rest.divideAndRemainder(denomination);
            if (parts[0].compareTo(BigInteger.valueOf(most - notes.size())) > 0) {
                throw new PolicyRefusal(PolicyRefusal.Code.TOO_MANY_NOTES, "the amount " + amount + " needs more than "
                        + most + " notes: pay it in parts, or configure larger denominations");
            }
            for (int i = parts[0].intValue(); i > 0; i--) {
                notes.add(denomination);
            }
            rest = parts[1];
        }
        return notes;
    }

    /** Pearson's test (Operations Research Letters 33, 2005): a counterexample, if any, is among O(n²) amounts. */
    private void requireGreedyIsShortest() {
        int n = descending.size();
        for (int i = 1; i < n; i++) {
            int[] greedy = counts(descending.get(i - 1).subtract(smallest()));
            for (int j = i; j < n; j++) {
                BigInteger candidate = BigInteger.ZERO;
                int size = 0;
                for (int k = 0; k <= j; k++) {
                    int count = greedy[k] + (k == j ? 1 : 0);
                    candidate = candidate.add(descending.get(k).multiply(BigInteger.valueOf(count)));
                    size += count;
                }
                if (size < java.util.Arrays.stream(counts(candidate)).sum()) {
                    throw new IllegalArgumentException("taking the largest denomination first does not give the fewest"
                            + " notes for " + candidate + ": choose another series, such as 1-2-5");
                }
            }
        }
    }

    private int[] counts(BigInteger amount) {
        int[] counts = new int[descending.size()];
        BigInteger rest = amount;
        for (int i = 0; i < counts.length; i++) {
            BigInteger[] parts = rest.divideAndRemainder(descending.get(i));
            counts[i] = parts[0].intValueExact();
            rest = parts[1];
        }
        return counts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Denominations that && descending.equals(that.descending);
    }

    @Override
    public int hashCode() {
        return descending.hashCode();
    }

    @Override
    public String toString() {
        return "Denominations" + descending;
    }
}
