package io.walnut.privacy.attack;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** The sums of all pairs of up to 128 amounts, sorted. */
final class PairSums {

    private static final int INDEX_BITS = 7;
    private static final long LOW = (1L << 2 * INDEX_BITS) - 1;
    private static final int MASK = (1 << INDEX_BITS) - 1;

    /** A found pair: two indices. */
    interface Pair {
        void accept(int i, int j);
    }

    private final long[] amounts;
    /** The lower bits of a sum, then the two indices; a hit is checked against the amounts. */
    private final long[] sorted;

    private PairSums(long[] amounts, long[] sorted) {
        this.amounts = amounts;
        this.sorted = sorted;
    }

    /** @param most larger sums are of no interest */
    static PairSums of(long[] amounts, long most) {
        int n = amounts.length;
        long[] packed = new long[n * (n - 1) / 2];
        int count = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                long sum = amounts[i] + amounts[j];
                if (sum <= most) {
                    packed[count++] = key(sum) | (long) i << INDEX_BITS | j;
                }
            }
        }
        packed = Arrays.copyOf(packed, count);
        Arrays.sort(packed);
        return new PairSums(amounts, packed);
    }

    private static long key(long sum) {
        return sum << 2 * INDEX_BITS & Long.MAX_VALUE;
    }

    /** Each pair whose sum is {@code sum}. */
    void forEach(long sum, Pair pair) {
        if (sum <= 0) {
            return;
        }
        int at = Arrays.binarySearch(sorted, key(sum));
        for (int k = at < 0 ? -at - 1 : at; k < sorted.length && (sorted[k] & ~LOW) == key(sum); k++) {
            int i = first(sorted[k]);
            int j = second(sorted[k]);
            if (amounts[i] + amounts[j] == sum) {
                pair.accept(i, j);
            }
        }
    }

    /** Each two pairs without a common member whose sums add up to {@code sum}, until {@code enough}. */
    void forEachPairOfPairs(long sum, BiConsumer<int[], int[]> found, BooleanSupplier enough) {
        for (long packed : sorted) {
            int[] p = {first(packed), second(packed)};
            long own = amounts[p[0]] + amounts[p[1]];
            if (2 * own <= sum) {
                forEach(sum - own, (i, j) -> {
                    if (i != p[0] && i != p[1] && j != p[0] && j != p[1]) {
                        found.accept(p, new int[] {i, j});
                    }
                });
            }
            if (enough.getAsBoolean()) {
                return;
            }
        }
    }

    private static int first(long packed) {
        return (int) (packed >> INDEX_BITS) & MASK;
    }

    private static int second(long packed) {
        return (int) packed & MASK;
    }
}
