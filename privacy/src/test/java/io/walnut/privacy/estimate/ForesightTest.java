package io.walnut.privacy.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.privacy.chain.PublicChain;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.delay.RelayDelay;
import io.walnut.privacy.estimate.PrivacyFigures.EffectiveSet;
import io.walnut.privacy.policy.Policy;
import io.walnut.privacy.simulation.Asset;
import io.walnut.privacy.simulation.Policies;
import io.walnut.privacy.simulation.Simulation;
import io.walnut.privacy.simulation.Traffic;
import io.walnut.privacy.simulation.TrafficModel;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a batch before it is made. */
class ForesightTest {

    private static final Traffic TRAFFIC = Simulation.run(TrafficModel.DEFAULT, Practice.STANDARD_AHEAD.scenario(Asset.USDC), 77);
    private static final Instant NOW = TRAFFIC.judgedFrom().plus(Duration.ofDays(40));
    private static final PublicChain EVENTS = TRAFFIC.chain().until(NOW);
    private static final Address USDC = Asset.USDC.token();
    private static final Address RELAYER = EVENTS.claims().stream().filter(PublicClaim::relayed).findFirst()
            .orElseThrow().transaction().sender();
    private static final Policy POLICY = Policies.STANDARD.get(Asset.USDC);
    private static final List<BigInteger> AMOUNTS =
            List.of("1250000000", "820000000", "2430170000", "95000000").stream().map(BigInteger::new).toList();

    @Test
    void fundingAheadAndWaitingHideABatchBetter() {
        EffectiveSet atOnce = foresee(EVENTS, Duration.ZERO, RelayDelay.NONE);
        EffectiveSet delayed = foresee(EVENTS, Duration.ZERO, Practice.DAY);
        EffectiveSet ahead = foresee(EVENTS, Duration.ofDays(7), Practice.DAY);
        assertTrue(atOnce.deposits() < delayed.deposits(), atOnce + " " + delayed);
        assertTrue(delayed.deposits() < ahead.deposits(), delayed + " " + ahead);
        assertTrue(atOnce.linked() >= delayed.linked() && delayed.linked() >= ahead.linked());
    }

    @Test
    void aBatchAloneOnTheEscrowHidesNowhere() {
        EffectiveSet alone = foresee(new PublicChain(List.of(), List.of(), List.of(), List.of()), Duration.ofDays(7),
                Practice.DAY);
        assertEquals(new EffectiveSet(1, 1, 1), alone);
    }

    @Test
    void theSameQuestionHasTheSameAnswer() {
        assertEquals(foresee(EVENTS, Duration.ofDays(3), Practice.DAY), foresee(EVENTS, Duration.ofDays(3), Practice.DAY));
    }

    private static EffectiveSet foresee(PublicChain events, Duration lead, RelayDelay delay) {
        Practice practice = Practice.of(true, !delay.isNone(), lead);
        PrivacyEstimator estimator = TrainedAttackers.shipped().estimator(practice, POLICY, false, 6);
        Address treasury = EVENTS.deposits().getFirst().depositor();
        return estimator.foresee(events, USDC, new PlannedBatch(treasury, POLICY.plan(AMOUNTS), lead, delay), RELAYER,
                NOW, 100);
    }
}
