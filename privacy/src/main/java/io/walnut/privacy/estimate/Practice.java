package io.walnut.privacy.estimate;

import io.walnut.privacy.delay.RelayDelay;
import io.walnut.privacy.simulation.Asset;
import io.walnut.privacy.simulation.Policies;
import io.walnut.privacy.simulation.Scenario;
import java.time.Duration;

/** How payments are made, as far as an attacker has to know it: policy, delay, and how far ahead they are funded. */
public enum Practice {
    EXACT_AT_ONCE, EXACT_DELAYED, EXACT_AHEAD, STANDARD_AT_ONCE, STANDARD_DELAYED, STANDARD_AHEAD;

    /** What the portal recommends: a day on average, three at most. */
    public static final RelayDelay DAY = new RelayDelay(Duration.ofHours(24), Duration.ofHours(72));
    private static final Duration LEAD = Duration.ofDays(14);
    /** Fewer companies use it, so that as many deposits take longer to come. */
    private static final Duration COIN_LEAD = Duration.ofDays(28);

    private static final Duration AHEAD = Duration.ofDays(1);

    /** @param lead between deposit and links; from a day on payments count as funded ahead */
    public static Practice of(boolean standard, boolean delayed, Duration lead) {
        if (lead.compareTo(AHEAD) >= 0) {
            return standard ? STANDARD_AHEAD : EXACT_AHEAD;
        }
        if (delayed) {
            return standard ? STANDARD_DELAYED : EXACT_DELAYED;
        }
        return standard ? STANDARD_AT_ONCE : EXACT_AT_ONCE;
    }

    /** Between funding and links, at most, where payments are funded ahead. */
    public static Duration lead(Asset asset) {
        return asset.token().isZero() ? COIN_LEAD : LEAD;
    }

    public boolean isStandard() {
        return this == STANDARD_AT_ONCE || this == STANDARD_DELAYED || this == STANDARD_AHEAD;
    }

    /** The traffic that an attacker on such payments, in {@code asset}, learns from. */
    public Scenario scenario(Asset asset) {
        var policies = isStandard() ? Policies.STANDARD : Policies.EXACT;
        return switch (this) {
            case EXACT_AT_ONCE, STANDARD_AT_ONCE -> Scenario.of(name(), policies, RelayDelay.NONE);
            case EXACT_DELAYED, STANDARD_DELAYED -> Scenario.of(name(), policies, DAY);
            case EXACT_AHEAD, STANDARD_AHEAD -> Scenario.of(name(), policies, DAY).withLead(lead(asset));
        };
    }
}
