package io.walnut.privacy.delay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RelayDelayTest {

    private static final RelayDelay DAY = new RelayDelay(Duration.ofHours(24), Duration.ofHours(72));

    @Test
    void aDelayNeverExceedsThePatience() {
        assertTrue(samples(DAY).allMatch(ms -> ms >= 0 && ms <= DAY.patience().toMillis()));
        RelayDelay shorter = DAY.within(Duration.ofHours(1));
        assertTrue(samples(shorter).allMatch(ms -> ms <= Duration.ofHours(1).toMillis()));
    }

    @Test
    void claimsDoNotPileUpAtTheEndOfThePatience() {
        long last = DAY.patience().minusHours(1).toMillis();
        long before = last - Duration.ofHours(1).toMillis();
        long atTheEnd = samples(DAY).filter(ms -> ms > last).count();
        long justBefore = samples(DAY).filter(ms -> ms > before && ms <= last).count();
        assertTrue(atTheEnd < justBefore * 1.3, atTheEnd + " against " + justBefore);
    }

    @Test
    void theMeanIsTheTruncatedExponentials() {
        double mean = samples(DAY).average().orElseThrow();
        assertEquals(DAY.expected().toMillis(), mean, 0.02 * DAY.expected().toMillis());
    }

    @Test
    void noDelayIsNoDelay() {
        assertEquals(Duration.ZERO, RelayDelay.NONE.sample(new SplittableRandom(1)));
        assertEquals(Duration.ZERO, RelayDelay.NONE.expected());
    }

    private static LongStream samples(RelayDelay delay) {
        var random = new SplittableRandom(7);
        return LongStream.range(0, 50_000).map(i -> delay.sample(random).toMillis());
    }
}
