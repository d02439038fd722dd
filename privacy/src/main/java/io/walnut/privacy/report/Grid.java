package io.walnut.privacy.report;

import io.walnut.privacy.delay.RelayDelay;
import io.walnut.privacy.estimate.Practice;
import io.walnut.privacy.simulation.Asset;
import io.walnut.privacy.simulation.Policies;
import io.walnut.privacy.simulation.Scenario;
import java.time.Duration;
import java.util.List;

/** The scenarios that are compared. */
public final class Grid {

    public static final RelayDelay DAY = Practice.DAY;
    public static final RelayDelay THREE_DAYS = new RelayDelay(Duration.ofDays(3), Duration.ofDays(7));
    private static final Duration FORTNIGHT = Duration.ofDays(14);

    private Grid() {
    }

    /** What the portal recommends for payments in {@code asset}. */
    public static Scenario recommended(Asset asset) {
        return Scenario.of("STANDARD, 24 h, funded ahead", Policies.STANDARD, DAY).withLead(Practice.lead(asset));
    }

    /** Policy by delay. */
    public static List<Scenario> policies(Asset asset) {
        return List.of(
                Scenario.of("EXACT, at once", Policies.EXACT, RelayDelay.NONE),
                Scenario.of("EXACT, 24 h", Policies.EXACT, DAY),
                Scenario.of("EXACT, 24 h, funded ahead", Policies.EXACT, DAY).withLead(Practice.lead(asset)),
                Scenario.of("STANDARD, at once", Policies.STANDARD, RelayDelay.NONE),
                Scenario.of("STANDARD, 24 h", Policies.STANDARD, DAY),
                Scenario.of("STANDARD, 3 d", Policies.STANDARD, THREE_DAYS),
                recommended(asset));
    }

    /** The recommended one with one thing changed each. */
    public static List<Scenario> variations(Asset asset) {
        Scenario recommended = recommended(asset);
        return List.of(
                recommended.lead().equals(FORTNIGHT)
                        ? recommended.named("… and up to 28 days ahead").withLead(FORTNIGHT.multipliedBy(2))
                        : recommended.named("… but up to 14 days ahead").withLead(FORTNIGHT),
                recommended.named("… and standard deposits").withPolicies(Policies.STANDARD_DEPOSITS),
                recommended.named("… and 60 % take notes apart").withSpreading(0.6),
                recommended.named("… but a third does not wait").withWaiting(2 / 3.0),
                recommended.named("… but addresses are reused").withAnyAddress(),
                recommended.named("… but a relayer per company").withOwnRelayers());
    }
}
