package io.walnut.privacy.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.walnut.privacy.chain.PublicChain;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.policy.Policy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Weighs all evidence together: for each redemption a probability for each deposit, by Bayes' rule with evidence taken as
 * independent, damped by an exponent where it is not, and then sharpened over all redemptions of one person, whom one
 * company is assumed to pay. Weights, exponent and sharpening are learned from labelled chains.
 */
public final class Attacker {

    private final Policy policy;
    private final Weights weights;
    private final int decimals;

    private Attacker(Policy policy, Weights weights, int decimals) {
        this.policy = policy;
        this.weights = weights;
        this.decimals = decimals;
    }

    /** @param chains of one token under {@code policy}, at least two */
    public static Attacker train(Policy policy, List<LabelledChain> chains) {
        if (chains.size() < 2) {
            throw new IllegalArgumentException("an attacker learns from two chains at least");
        }
        return new Attacker(policy, Trainer.train(policy, chains), 0);
    }

    /**
     * One that has learned before.
     *
     * @param learned what {@link #learned} gave
     * @param decimals by how many more decimals the attacked token is divided than the one that it learned on
     * @throws IllegalArgumentException for anything else
     */
    public static Attacker of(Policy policy, JsonNode learned, int decimals) {
        return new Attacker(policy, WeightsJson.read(learned), decimals);
    }

    /** What it has learned, to be kept. */
    public ObjectNode learned() {
        return WeightsJson.write(weights);
    }

    /** @param chain of one token */
    public Findings attack(PublicChain chain) {
        var evidence = new Evidence(new View(chain, decimals), policy);
        Posteriors posteriors = Posteriors.of(evidence, weights);
        return new Findings(suspicions(evidence, posteriors), suspicions(evidence, posteriors.balanced()),
                assertions(evidence));
    }

    /**
     * The suspicions of those redemptions alone that hold one of some claims.
     *
     * @param chain of one token
     */
    public List<Suspicion> attack(PublicChain chain, Predicate<PublicClaim> claims) {
        var evidence = new Evidence(new View(chain, decimals), policy);
        return suspicions(evidence, weights, claims);
    }

    /**
     * The same redemptions suspected twice.
     *
     * @param all by all evidence
     * @param withoutSums by all but sums of several claims, which speak only once the other claims of a deposit are made
     */
    public record Prospect(List<Suspicion> all, List<Suspicion> withoutSums) {
    }

    /** As {@link #attack(PublicChain, Predicate)}, with sums and without. */
    public Prospect prospect(PublicChain chain, Predicate<PublicClaim> claims) {
        var evidence = new Evidence(new View(chain, decimals), policy);
        return new Prospect(suspicions(evidence, weights, claims),
                suspicions(evidence, weights.without(Evidence.Kind.SUM), claims));
    }

    private static List<Suspicion> suspicions(Evidence evidence, Weights weights, Predicate<PublicClaim> claims) {
        List<Redemption> redemptions = evidence.view.redemptions;
        Set<Integer> wanted = IntStream.range(0, redemptions.size())
                .filter(r -> redemptions.get(r).claims().stream().anyMatch(claims)).boxed().collect(Collectors.toSet());
        return suspicions(evidence, Posteriors.of(evidence, weights, wanted)).stream()
                .filter(suspicion -> suspicion.claims().stream().anyMatch(claims)).toList();
    }

    private static List<Suspicion> suspicions(Evidence evidence, Posteriors posteriors) {
        var suspicions = new ArrayList<Suspicion>();
        for (int r : posteriors.judged()) {
            int first = posteriors.first(r);
            double[] p = posteriors.probabilities(r);
            suspicions.add(new Suspicion(evidence.view.redemptions.get(r).claims(),
                    evidence.view.chain.deposits().subList(first, first + p.length), p));
        }
        return suspicions;
    }

    private static Map<Heuristic, List<Assertion>> assertions(Evidence evidence) {
        View view = evidence.view;
        var assertions = new EnumMap<Heuristic, List<Assertion>>(Heuristic.class);
        for (Heuristic heuristic : Heuristic.values()) {
            Guesses guesses = evidence.guesses(heuristic);
            assertions.put(heuristic, IntStream.range(0, view.redemptions.size())
                    .filter(r -> !view.redemptions.get(r).isReclaim())
                    .mapToObj(r -> Assertion.of(view, r, guesses)).toList());
        }
        return assertions;
    }
}
