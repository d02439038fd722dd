package io.walnut.privacy.estimate;

import io.walnut.contracts.Address;
import io.walnut.privacy.attack.Attacker;
import io.walnut.privacy.attack.Suspicion;
import io.walnut.privacy.chain.PublicChain;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.estimate.PrivacyEstimator.Intent;
import io.walnut.privacy.simulation.Asset;
import io.walnut.privacy.simulation.Scenario;
import io.walnut.privacy.simulation.Simulation;
import io.walnut.privacy.simulation.Traffic;
import io.walnut.privacy.simulation.TrafficModel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How much an attacker gains from what comes after a claim: other claims of the same deposit or person. An estimate
 * cannot see that, so it is corrected by how much it was on traffic of another seed.
 *
 * @param found bits that the attacker lacks with hindsight, on average
 * @param estimated bits that it seems to lack before the claims are made
 */
public record Hindsight(double found, double estimated) {

    private static final int MOMENTS = 40;
    /** Claims in a row that are looked at together: none of them, nor any other since the first, is known. */
    private static final int IN_A_ROW = 8;
    /** Apart from the seeds that attackers learn on. */
    private static final int APART = 9_000;

    /** What is left of the uncertainty. */
    static double learn(Attacker attacker, Scenario scenario, Asset asset, long seed) {
        var estimator = new PrivacyEstimator(attacker, scenario.policies().get(asset), 1);
        Hindsight hindsight = compare(attacker, estimator, Simulation.run(TrafficModel.DEFAULT, scenario, seed + APART),
                asset.token());
        return hindsight.found / hindsight.estimated;
    }

    /**
     * Compares what an estimator says before, at moments spread over the judged time, with what an attacker finds with
     * hindsight.
     */
    public static Hindsight compare(Attacker attacker, PrivacyEstimator estimator, Traffic traffic, Address token) {
        PublicChain chain = traffic.chain().of(token);
        List<Suspicion> found = attacker.attack(chain).suspicions().stream()
                .filter(s -> !time(s).isBefore(traffic.judgedFrom())).toList();
        double with = 0;
        double without = 0;
        int count = 0;
        for (int i = 0; i < MOMENTS; i++) {
            int first = (int) ((long) i * (found.size() - IN_A_ROW) / MOMENTS);
            List<Suspicion> row = found.subList(first, first + IN_A_ROW);
            PublicChain known = new PublicChain(chain.until(time(row.getLast())).deposits(),
                    chain.until(time(row.getFirst()).minusSeconds(1)).claims(),
                    chain.until(time(row.getFirst())).exits(), chain.until(time(row.getFirst())).transfers());
            List<Suspicion> before = estimator.suspicions(known, token, row.stream().map(Hindsight::intent).toList(),
                    row.stream().map(Hindsight::time).toList());
            if (before.size() == IN_A_ROW) {
                with += row.stream().mapToDouble(Suspicion::depositEntropy).sum();
                without += before.stream().mapToDouble(estimator::depositBits).sum();
                count += IN_A_ROW;
            }
        }
        return new Hindsight(with / count, without / count);
    }

    private static Instant time(Suspicion suspicion) {
        return suspicion.claims().getFirst().time();
    }

    private static Intent intent(Suspicion suspicion) {
        PublicClaim claim = suspicion.claims().getFirst();
        return new Intent(claim.recipient(), suspicion.claims().stream().map(PublicClaim::amount).toList(),
                claim.relayed() ? Optional.of(claim.transaction().sender()) : Optional.empty());
    }
}
