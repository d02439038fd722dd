package io.walnut.privacy.estimate;

import io.walnut.privacy.attack.Attacker;
import io.walnut.privacy.attack.Suspicion;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.estimate.PrivacyEstimator.Intent;
import io.walnut.privacy.policy.Policy;
import io.walnut.privacy.simulation.Asset;
import io.walnut.privacy.simulation.Scenario;
import io.walnut.privacy.simulation.Simulation;
import io.walnut.privacy.simulation.Traffic;
import io.walnut.privacy.simulation.TrafficModel;
import java.util.List;
import java.util.Optional;

/**
 * How much an attacker gains from what comes after a claim: other claims of the same deposit or person. An estimate
 * cannot see that, so it is corrected by how much it was on traffic of another seed.
 */
final class Hindsight {

    private static final int MOMENTS = 60;
    /** Apart from the seeds that attackers learn on. */
    private static final int APART = 9_000;

    private Hindsight() {
    }

    /** The bits that the attacker lacks with hindsight, by those that it seems to lack beforehand. */
    static double learn(Attacker attacker, Scenario scenario, Asset asset, long seed) {
        Traffic traffic = Simulation.run(TrafficModel.DEFAULT, scenario, seed + APART);
        Policy policy = scenario.policies().get(asset);
        var estimator = new PrivacyEstimator(attacker, policy, 1);
        List<Suspicion> found = attacker.attack(traffic.chain().of(asset.token())).suspicions().stream()
                .filter(s -> !s.claims().getFirst().time().isBefore(traffic.judgedFrom())).toList();
        double with = 0;
        double without = 0;
        for (int i = 0; i < MOMENTS; i++) {
            Suspicion suspicion = found.get(i * found.size() / MOMENTS);
            PublicClaim claim = suspicion.claims().getFirst();
            Optional<Suspicion> estimate = estimator.estimate(traffic.chain().until(claim.time().minusSeconds(1)),
                    asset.token(), intent(suspicion), claim.time());
            if (estimate.isPresent()) {
                with += suspicion.depositEntropy();
                without += estimate.get().depositEntropy();
            }
        }
        return with / without;
    }

    private static Intent intent(Suspicion suspicion) {
        PublicClaim claim = suspicion.claims().getFirst();
        return new Intent(claim.recipient(), suspicion.claims().stream().map(PublicClaim::amount).toList(),
                claim.relayed() ? Optional.of(claim.transaction().sender()) : Optional.empty());
    }
}
