package io.walnut.privacy.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.NoteTree;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PolicyTest {

    private static final Denominations SERIES =
            Denominations.oneTwoFive(BigInteger.ONE, BigInteger.valueOf(100_000_000));
    private static final Policy STANDARD = new StandardPolicy(SERIES,
            Optional.of(Denominations.oneTwoFive(BigInteger.valueOf(1_000), BigInteger.valueOf(1_000_000_000))));
    private static final Policy EXACT = new ExactPolicy();

    @Property(tries = 200)
    void aPlanCarriesEveryPaymentOnceAndAddsUp(
            @ForAll @Size(min = 1, max = 300) List<@IntRange(min = 1, max = 2_000_000_000) Integer> amounts) {
        List<BigInteger> payments = amounts.stream().map(BigInteger::valueOf).toList();
        for (Policy policy : List.of(STANDARD, EXACT)) {
            List<DepositPlan> plans = policy.plan(payments);
            assertEquals(payments, plans.stream().flatMap(p -> p.payments().stream()).map(PolicyTest::sum).toList());
            int next = 0;
            for (DepositPlan plan : plans) {
                assertEquals(next, plan.firstPayment());
                next += plan.payments().size();
                assertTrue(plan.noteCount() <= NoteTree.MAX_NOTES);
                assertEquals(plan.amount(), sum(Stream.concat(
                        plan.payments().stream().flatMap(List::stream), plan.change().stream()).toList()));
            }
        }
    }

    @Test
    void anExactDepositIsWhatItPays() {
        DepositPlan plan = EXACT.plan(List.of(BigInteger.valueOf(432_157), BigInteger.valueOf(99))).getFirst();
        assertEquals(BigInteger.valueOf(432_256), plan.amount());
        assertEquals(2, plan.noteCount());
    }

    @Test
    void aStandardDepositHasAStandardSizeAndReturnsTheRestInStandardNotes() {
        DepositPlan plan = STANDARD.plan(List.of(BigInteger.valueOf(432_157))).getFirst();
        assertEquals(BigInteger.valueOf(500_000), plan.amount());
        assertEquals(BigInteger.valueOf(67_843), sum(plan.change()));
        assertTrue(SERIES.descending().containsAll(plan.change()));
    }

    @Test
    void aZeroAmountIsRefusedByEachPolicy() {
        for (Policy policy : List.of(STANDARD, EXACT)) {
            assertEquals(PolicyRefusal.Code.AMOUNT_OUT_OF_RANGE,
                    assertThrows(PolicyRefusal.class, () -> policy.split(BigInteger.ZERO)).code());
        }
    }

    private static BigInteger sum(List<BigInteger> notes) {
        return notes.stream().reduce(BigInteger.ZERO, BigInteger::add);
    }
}
