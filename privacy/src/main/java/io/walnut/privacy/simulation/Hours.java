package io.walnut.privacy.simulation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** People sleep. */
final class Hours {

    private static final int WAKES = 7;
    private static final int SLEEPS = 23;

    private Hours() {
    }

    /** {@code time}, or, at night, some time in the three hours after getting up. */
    static Instant waking(Instant time, int utcOffset, Chance chance) {
        ZonedDateTime local = time.atZone(ZoneOffset.ofHours(utcOffset));
        if (local.getHour() >= WAKES && local.getHour() < SLEEPS) {
            return time;
        }
        ZonedDateTime morning = local.getHour() < WAKES ? local : local.plusDays(1);
        return morning.withHour(WAKES).withMinute(0).withSecond(0)
                .plusSeconds((long) (3 * 3_600 * chance.random.nextDouble())).toInstant();
    }
}
