package io.walnut.privacy.report;

import io.walnut.privacy.delay.RelayDelay;
import io.walnut.privacy.estimate.Practice;
import io.walnut.privacy.simulation.Policies;
import io.walnut.privacy.simulation.Scenario;
import java.time.Duration;
import java.util.List;

/** The scenarios that are compared. */
public final class Grid {

    public static final RelayDelay DAY = Practice.DAY;
    public static final RelayDelay THREE_DAYS = new RelayDelay(Duration.ofDays(3), Duration.ofDays(7));
    /** Between funding and links, at most. */
    public static final Duration LEAD = Practice.LEAD;

    /** What the portal should do by default. */
    public static final Scenario RECOMMENDED =
            Scenario.of("STANDARD, 24 h, funded ahead", Policies.STANDARD, DAY).withLead(LEAD);

    private Grid() {
    }

    /** Policy by delay. */
    public static List<Scenario> policies() {
        return List.of(
                Scenario.of("EXACT, at once", Policies.EXACT, RelayDelay.NONE),
                Scenario.of("EXACT, 24 h", Policies.EXACT, DAY),
                Scenario.of("EXACT, 24 h, funded ahead", Policies.EXACT, DAY).withLead(LEAD),
                Scenario.of("STANDARD, at once", Policies.STANDARD, RelayDelay.NONE),
                Scenario.of("STANDARD, 24 h", Policies.STANDARD, DAY),
                Scenario.of("STANDARD, 3 d", Policies.STANDARD, THREE_DAYS),
                RECOMMENDED);
    }

    /** The recommended one with one thing changed each. */
    public static List<Scenario> variations() {
        return List.of(
                RECOMMENDED.named("… and up to 28 days ahead").withLead(LEAD.multipliedBy(2)),
                RECOMMENDED.named("… and standard deposits").withPolicies(Policies.STANDARD_DEPOSITS),
                RECOMMENDED.named("… and 60 % take notes apart").withSpreading(0.6),
                RECOMMENDED.named("… but a third does not wait").withWaiting(2 / 3.0),
                RECOMMENDED.named("… but addresses are reused").withAnyAddress(),
                RECOMMENDED.named("… but a relayer per company").withOwnRelayers());
    }
}
