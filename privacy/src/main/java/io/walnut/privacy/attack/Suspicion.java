package io.walnut.privacy.attack;

import io.walnut.contracts.Address;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.chain.PublicDeposit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How likely the attacker holds each deposit to have paid one redemption.
 *
 * @param claims what one recipient took in one transaction
 * @param candidates the deposits in question, oldest first
 * @param probabilities one for each candidate; they add up to 1
 */
public record Suspicion(List<PublicClaim> claims, List<PublicDeposit> candidates, double[] probabilities) {

    /** Whom the attacker would name, if anyone: more likely than all others together. */
    public static final double NAMED = 0.5;

    /** Bits that the attacker lacks to know the deposit. */
    public double depositEntropy() {
        double bits = 0;
        for (double p : probabilities) {
            bits += bits(p);
        }
        return bits;
    }

    /** Bits that the attacker lacks to know the company. */
    public double companyEntropy() {
        return companies().values().stream().mapToDouble(Suspicion::bits).sum();
    }

    /** How many equally likely deposits would leave the attacker as uncertain. */
    public double effectiveDeposits() {
        return Math.pow(2, depositEntropy());
    }

    public double effectiveCompanies() {
        return Math.pow(2, companyEntropy());
    }

    /** The index of the likeliest candidate. */
    public int likeliest() {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return best;
    }

    public PublicDeposit likeliestDeposit() {
        return candidates.get(likeliest());
    }

    public boolean namesDeposit() {
        return probabilities[likeliest()] > NAMED;
    }

    public Address likeliestCompany() {
        return companies().entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    }

    public boolean namesCompany() {
        return companies().get(likeliestCompany()) > NAMED;
    }

    /** Probability by depositor. */
    public Map<Address, Double> companies() {
        var sums = new HashMap<Address, Double>();
        for (int i = 0; i < probabilities.length; i++) {
            sums.merge(candidates.get(i).depositor(), probabilities[i], Double::sum);
        }
        return sums;
    }

    private static double bits(double p) {
        return p > 0 ? -p * Math.log(p) / Math.log(2) : 0;
    }
}
