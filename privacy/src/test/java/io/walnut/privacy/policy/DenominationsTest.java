package io.walnut.privacy.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DenominationsTest {

    private static final Denominations SERIES = Denominations.oneTwoFive(big(1), big(100_000));

    @Test
    void aSeriesStopsAtTheLargest() {
        assertEquals(List.of(big(20), big(10), big(5), big(2), big(1)),
                Denominations.oneTwoFive(big(1), big(20)).descending());
    }

    @Property(tries = 300)
    void aSplitAddsUpAndIsTheShortest(@ForAll @IntRange(min = 1, max = 3_000) int amount) {
        List<BigInteger> notes = SERIES.split(big(amount), 64);
        assertEquals(big(amount), notes.stream().reduce(BigInteger.ZERO, BigInteger::add));
        assertEquals(shortest(SERIES, amount), notes.size());
    }

    @Property(tries = 500)
    void aSeriesIsAcceptedExactlyWhenTakingTheLargestFirstIsShortest(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 2, max = 40) Integer> amounts) {
        var series = new ArrayList<>(amounts.stream().distinct().map(DenominationsTest::big).toList());
        series.add(BigInteger.ONE);
        boolean greedyIsShortest = greedyIsShortest(series);
        if (greedyIsShortest) {
            assertEquals(series.size(), Denominations.of(series).descending().size());
        } else {
            assertThrows(IllegalArgumentException.class, () -> Denominations.of(series));
        }
    }

    @Test
    void anAmountBelowTheSmallestNoteIsRefused() {
        var coarse = Denominations.oneTwoFive(big(10), big(1_000));
        assertEquals(PolicyRefusal.Code.AMOUNT_NOT_STANDARD,
                assertThrows(PolicyRefusal.class, () -> coarse.split(big(105), 64)).code());
    }

    @Test
    void anAmountThatNeedsMoreNotesThanALinkHoldsIsRefused() {
        assertEquals(64, SERIES.split(big(6_400_000), 64).size());
        assertEquals(PolicyRefusal.Code.TOO_MANY_NOTES,
                assertThrows(PolicyRefusal.class, () -> SERIES.split(big(6_400_001), 64)).code());
        assertThrows(PolicyRefusal.class, () -> SERIES.split(BigInteger.TWO.pow(127), 64));
    }

    @Test
    void theCeilingIsTheNextStandardSize() {
        assertEquals(big(5_000), SERIES.ceiling(big(2_001)));
        assertEquals(big(2_000), SERIES.ceiling(big(2_000)));
        assertEquals(big(300_000), SERIES.ceiling(big(200_001)));
    }

    private static boolean greedyIsShortest(List<BigInteger> series) {
        List<BigInteger> descending = series.stream().sorted(java.util.Comparator.reverseOrder()).toList();
        int largest = descending.getFirst().intValue();
        int[] best = best(series, 2 * largest);
        for (int amount = 1; amount <= 2 * largest; amount++) {
            int rest = amount;
            int count = 0;
            for (BigInteger d : descending) {
                count += rest / d.intValue();
                rest %= d.intValue();
            }
            if (count > best[amount]) {
                return false;
            }
        }
        return true;
    }

    private static int shortest(Denominations series, int amount) {
        int[] best = best(series.descending(), amount);
        assertTrue(best[amount] > 0);
        return best[amount];
    }

    private static int[] best(List<BigInteger> series, int to) {
        int[] best = new int[to + 1];
        Arrays.fill(best, 1, to + 1, Integer.MAX_VALUE - 1);
        for (int amount = 1; amount <= to; amount++) {
            for (BigInteger d : series) {
                if (d.intValue() <= amount) {
                    best[amount] = Math.min(best[amount], best[amount - d.intValue()] + 1);
                }
            }
        }
        return best;
    }

    static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }
}
