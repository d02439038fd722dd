package io.walnut.privacy.estimate;

import io.walnut.contracts.Address;
import io.walnut.privacy.delay.RelayDelay;
import io.walnut.privacy.policy.DepositPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A batch that somebody considers.
 *
 * @param treasury that would deposit
 * @param lead between deposit and links
 * @param delay of its claims
 */
public record PlannedBatch(Address treasury, List<DepositPlan> plans, Duration lead, RelayDelay delay) {

    /** From a deposit to its vouchers: finality and the enclave. */
    private static final Duration READY = Duration.ofMinutes(20);
    /** Within which most recipients have opened their link. */
    private static final Duration OPENED = Duration.ofHours(24);

    public PlannedBatch {
        plans = List.copyOf(plans);
    }

    /** When one of its payments is claimed, if its deposit is made at {@code now}. */
    Instant claimed(Instant now, RandomGenerator random) {
        return now.plus(READY).plus(lead).plusSeconds((long) (random.nextDouble() * OPENED.toSeconds()))
                .plus(delay.sample(random));
    }

    /** After which all of it is claimed. */
    Duration longest() {
        return READY.plus(lead).plus(OPENED).plus(delay.patience());
    }
}
