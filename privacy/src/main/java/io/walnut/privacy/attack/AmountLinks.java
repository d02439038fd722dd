package io.walnut.privacy.attack;

import io.walnut.privacy.policy.Policy;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;

/** Links by amounts alone. */
final class AmountLinks {

    private static final long WINDOW = Duration.ofDays(10).toSeconds();
    /** Redemptions after a deposit among which sums are sought. */
    private static final int SPAN = 60;

    private AmountLinks() {
    }

    /** A redemption for which exactly one deposit has the size that a deposit for it alone would have. */
    static Guesses unique(View view, Policy policy) {
        Guesses guesses = Guesses.none(view);
        var sizes = new HashMap<Long, Long>();
        for (int r = 0; r < view.redemptions.size(); r++) {
            Redemption redemption = view.redemptions.get(r);
            if (redemption.isReclaim()) {
                continue;
            }
            long size = sizes.computeIfAbsent(redemption.amount(),
                    amount -> view.units(policy.depositSize(view.amount(amount))));
            int found = Guesses.NONE;
            int count = 0;
            for (int d = view.firstCandidate(redemption.time()); d < view.endOfCandidates(redemption.time()); d++) {
                if (view.depositAmount[d] == size) {
                    found = d;
                    count++;
                }
            }
            if (count == 1) {
                guesses.assertDeposit(view, r, found);
            }
        }
        return guesses;
    }

    /**
     * Redemptions that add up to a deposit: two to four of them, or any number in a row, where the smallest number gives
     * exactly one solution.
     *
     * @param amounts of the deposits, or what is left of them
     */
    static Guesses sums(View view, long[] amounts) {
        Guesses guesses = Guesses.none(view);
        int from = 0;
        for (int d = 0; d < amounts.length; d++) {
            if (amounts[d] <= 0) {
                continue;
            }
            long earliest = view.depositTime[d] + View.EARLIEST;
            while (from < view.redemptions.size() && view.redemptions.get(from).time() < earliest) {
                from++;
            }
            int[] span = span(view, from, view.depositTime[d] + WINDOW);
            Set<Integer> solution = solution(view, span, amounts[d]);
            for (int r : solution) {
                guesses.assertDeposit(view, r, d);
            }
        }
        return guesses;
    }

    private static int[] span(View view, int from, long until) {
        return java.util.stream.IntStream.range(from, view.redemptions.size())
                .takeWhile(r -> view.redemptions.get(r).time() <= until)
                .filter(r -> !view.redemptions.get(r).isReclaim()).limit(SPAN).toArray();
    }

    private static Set<Integer> solution(View view, int[] span, long target) {
        long[] amounts = new long[span.length];
        for (int i = 0; i < span.length; i++) {
            amounts[i] = view.redemptions.get(span[i]).amount();
        }
        var found = new HashSet<Set<Integer>>();
        runs(amounts, target, found);
        if (found.isEmpty()) {
            small(amounts, target, found);
        }
        if (found.size() != 1) {
            return Set.of();
        }
        var solution = new HashSet<Integer>();
        found.iterator().next().forEach(i -> solution.add(span[i]));
        return solution;
    }

    private static void runs(long[] amounts, long target, Set<Set<Integer>> found) {
        for (int first = 0; first < amounts.length; first++) {
            long sum = amounts[first];
            for (int last = first + 1; last < amounts.length && sum < target; last++) {
                sum += amounts[last];
                if (sum == target) {
                    var run = new HashSet<Integer>();
                    for (int i = first; i <= last; i++) {
                        run.add(i);
                    }
                    found.add(run);
                }
            }
        }
    }

    /** Two, then three, then four: stops at the first number that has a solution. */
    private static void small(long[] amounts, long target, Set<Set<Integer>> found) {
        if (target > largestFour(amounts)) {
            return;
        }
        PairSums pairs = PairSums.of(amounts, target);
        pairs.forEach(target, (i, j) -> found.add(Set.of(i, j)));
        boolean pairFound = !found.isEmpty();
        for (int k = 0; k < amounts.length && !pairFound; k++) {
            int third = k;
            pairs.forEach(target - amounts[k], (i, j) -> {
                if (third != i && third != j) {
                    found.add(Set.of(i, j, third));
                }
            });
        }
        if (found.isEmpty()) {
            pairs.forEachPairOfPairs(target, (p, q) -> found.add(Set.of(p[0], p[1], q[0], q[1])), () -> found.size() > 1);
        }
    }

    private static long largestFour(long[] amounts) {
        long[] sorted = amounts.clone();
        java.util.Arrays.sort(sorted);
        long sum = 0;
        for (int i = Math.max(0, sorted.length - 4); i < sorted.length; i++) {
            sum += sorted[i];
        }
        return sum;
    }
}
