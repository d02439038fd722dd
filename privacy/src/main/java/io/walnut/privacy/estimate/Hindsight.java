package io.walnut.privacy.estimate;

import io.walnut.privacy.attack.Attacker;
import io.walnut.privacy.attack.Attacker.Prospect;
import io.walnut.privacy.attack.Suspicion;
import io.walnut.privacy.policy.Policy;
import io.walnut.privacy.simulation.Asset;
import io.walnut.privacy.simulation.Scenario;
import io.walnut.privacy.simulation.Simulation;
import io.walnut.privacy.simulation.Traffic;
import io.walnut.privacy.simulation.TrafficModel;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How much an attacker gains from what comes after a claim, on several escrows of other seeds: one escrow's claims are a few
 * hundred, paid in batches, and say too little.
 *
 * @param sums what sums leave of the uncertainty on average, for escrows without old claims
 * @param rest what all that comes later, but for sums, leaves of it
 */
record Hindsight(double sums, double rest) {

    private static final int LESSONS = 5;
    private static final int MOMENTS = 20;
    /** Apart from the seeds that attackers learn on. */
    private static final int APART = 9_000;
    private static final double PRECISION = 1e4;

    static Hindsight learn(Attacker attacker, Scenario scenario, Asset asset, long seed) {
        List<Traffic> lessons = LongStream.range(0, LESSONS)
                .mapToObj(i -> Simulation.run(TrafficModel.DEFAULT, scenario, seed + APART + 100 * i)).toList();
        double with = 0;
        double without = 0;
        for (Traffic traffic : lessons) {
            Prospect judged = attacker.prospect(traffic.chain().of(asset.token()),
                    claim -> !claim.time().isBefore(traffic.judgedFrom()));
            with += bits(judged.all());
            without += bits(judged.withoutSums());
        }
        double sums = rounded(with / without);
        return new Hindsight(sums, rest(attacker, scenario.policies().get(asset), sums, lessons, asset));
    }

    private static double rest(Attacker attacker, Policy policy, double sums, List<Traffic> lessons, Asset asset) {
        var estimator = new PrivacyEstimator(attacker, policy, new Hindsight(sums, 1));
        double found = 0;
        double estimated = 0;
        for (Traffic traffic : lessons) {
            Comparison comparison = Comparison.of(attacker, estimator, traffic, asset.token(), MOMENTS);
            found += comparison.found();
            estimated += comparison.estimated();
        }
        return rounded(found / estimated);
    }

    private static double bits(List<Suspicion> suspicions) {
        return suspicions.stream().mapToDouble(Suspicion::depositEntropy).sum();
    }

    private static double rounded(double share) {
        return Math.round(share * PRECISION) / PRECISION;
    }
}
