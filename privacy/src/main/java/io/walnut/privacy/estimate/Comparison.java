package io.walnut.privacy.estimate;

import io.walnut.contracts.Address;
import io.walnut.privacy.attack.Attacker;
import io.walnut.privacy.attack.Suspicion;
import io.walnut.privacy.chain.PublicChain;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.estimate.PrivacyEstimator.Intent;
import io.walnut.privacy.simulation.Traffic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an estimator says before claims are made, and what an attacker finds of them with hindsight.
 *
 * @param found bits that the attacker lacks to know the deposit, on average
 * @param estimated bits that it was said to lack
 */
public record Comparison(double found, double estimated) {

    /** Claims in a row that are looked at together: none of them, nor any other since the first, is known. */
    private static final int IN_A_ROW = 8;

    /** @param moments spread over the judged time */
    public static Comparison of(Attacker attacker, PrivacyEstimator estimator, Traffic traffic, Address token, int moments) {
        PublicChain chain = traffic.chain().of(token);
        List<Suspicion> found = attacker.attack(chain).suspicions().stream()
                .filter(s -> !time(s).isBefore(traffic.judgedFrom())).toList();
        double with = 0;
        double without = 0;
        int count = 0;
        for (int i = 0; i < moments; i++) {
            int first = (int) ((long) i * (found.size() - IN_A_ROW) / moments);
            List<Suspicion> row = found.subList(first, first + IN_A_ROW);
            Instant start = time(row.getFirst());
            PublicChain known = new PublicChain(chain.until(time(row.getLast())).deposits(),
                    chain.until(start.minusSeconds(1)).claims(), chain.until(start).exits(), chain.until(start).transfers());
            var before = estimator.estimate(known, token, row.stream().map(Comparison::intent).toList(),
                    row.stream().map(Comparison::time).toList(), start);
            if (before.suspicions().size() == IN_A_ROW) {
                with += row.stream().mapToDouble(Suspicion::depositEntropy).sum();
                without += before.depositBits() * IN_A_ROW;
                count += IN_A_ROW;
            }
        }
        return new Comparison(with / count, without / count);
    }

    /** How many equally likely deposits would leave the attacker as uncertain. */
    public double effectiveFound() {
        return Math.pow(2, found);
    }

    /** The same as it was estimated. */
    public double effectiveEstimated() {
        return Math.pow(2, estimated);
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
