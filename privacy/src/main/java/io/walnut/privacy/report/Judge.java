package io.walnut.privacy.report;

import io.walnut.contracts.Address;
import io.walnut.privacy.attack.Assertion;
import io.walnut.privacy.attack.Attacker;
import io.walnut.privacy.attack.Findings;
import io.walnut.privacy.attack.Heuristic;
import io.walnut.privacy.attack.Suspicion;
import io.walnut.privacy.chain.PublicChain;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.chain.PublicDeposit;
import io.walnut.privacy.chain.PublicExit;
import io.walnut.privacy.simulation.Experiment;
import io.walnut.privacy.simulation.Scenario;
import io.walnut.privacy.simulation.Traffic;
import io.walnut.privacy.simulation.Traffic.Origin;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Compares what attackers say with the truth. */
final class Judge {

    private final Traffic traffic;
    private final PublicChain chain;
    private final Set<Address> treasuries = new HashSet<>();

    static Outcome run(Experiment experiment, Scenario scenario) {
        return new Judge(experiment.traffic(scenario), experiment.asset().token())
                .judge(scenario.name(), experiment.train(scenario));
    }

    /** @param token which is attacked */
    Judge(Traffic traffic, Address token) {
        this.traffic = traffic;
        this.chain = traffic.chain().of(token);
        chain.deposits().forEach(deposit -> treasuries.add(deposit.depositor()));
    }

    /** What became known of one payment. */
    private static final class Verdict {
        private boolean linked;
        private boolean named;
        private boolean guessed;
        private int notes;
    }

    /** Of all payments. */
    private static final class Verdicts {
        private final Map<Integer, Verdict> payments = new HashMap<>();
        private double depositBits;
        private double companyBits;
        private int redemptions;
        private int asserted;
        private int right;

        private void add(Suspicion suspicion, Origin origin) {
            Verdict verdict = payments.computeIfAbsent(origin.payment(), p -> new Verdict());
            boolean hit = suspicion.likeliestDeposit().id().equals(origin.deposit());
            verdict.notes += suspicion.claims().size();
            verdict.guessed |= hit;
            verdict.linked |= hit && suspicion.namesDeposit();
            verdict.named |= suspicion.namesCompany() && suspicion.likeliestCompany().equals(origin.company());
            asserted += suspicion.namesDeposit() ? 1 : 0;
            right += hit && suspicion.namesDeposit() ? 1 : 0;
            depositBits += suspicion.depositEntropy();
            companyBits += suspicion.companyEntropy();
            redemptions++;
        }

        private int count() {
            return payments.size();
        }

        private double share(Predicate<Verdict> is) {
            return (double) payments.values().stream().filter(is).count() / payments.size();
        }

        private double notes() {
            return payments.values().stream().mapToInt(v -> v.notes).average().orElse(0);
        }
    }

    Outcome judge(String scenario, Attacker attacker) {
        Findings findings = attacker.attack(chain);
        Verdicts verdicts = verdicts(findings.suspicions());
        Verdicts balanced = verdicts(findings.balanced());
        return new Outcome(scenario, verdicts.count(), chain.deposits().size(), verdicts.share(v -> v.linked),
                verdicts.share(v -> v.named), (double) verdicts.right / verdicts.asserted,
                verdicts.share(v -> v.guessed), Math.pow(2, verdicts.depositBits / verdicts.redemptions),
                Math.pow(2, verdicts.companyBits / verdicts.redemptions), balanced.share(v -> v.linked),
                balanced.share(v -> v.named), changeShare(), verdicts.notes(), scores(findings));
    }

    private Verdicts verdicts(List<Suspicion> suspicions) {
        var verdicts = new Verdicts();
        for (Suspicion suspicion : suspicions) {
            if (isJudged(suspicion.claims())) {
                verdicts.add(suspicion, origin(suspicion.claims()));
            }
        }
        exits(verdicts.payments);
        return verdicts;
    }

    private void exits(Map<Integer, Verdict> verdicts) {
        for (PublicExit exit : chain.exits()) {
            if (!exit.time().isBefore(traffic.judgedFrom())) {
                Verdict verdict = verdicts.computeIfAbsent(
                        traffic.truth().get(exit.linkKey()).payment(), p -> new Verdict());
                verdict.linked = true;
                verdict.named = true;
                verdict.guessed = true;
                verdict.notes++;
            }
        }
    }

    private Map<Heuristic, Outcome.Score> scores(Findings findings) {
        var scores = new EnumMap<Heuristic, Outcome.Score>(Heuristic.class);
        findings.assertions().forEach((heuristic, all) -> {
            List<Assertion> assertions = all.stream().filter(a -> isJudged(a.claims())).toList();
            double deposits = assertions.stream().filter(a -> a.deposit().isPresent()).count();
            double companies = assertions.stream().filter(a -> a.company().isPresent()).count();
            double rightDeposits = assertions.stream().filter(a -> a.deposit().map(PublicDeposit::id)
                    .equals(java.util.Optional.of(origin(a.claims()).deposit()))).count();
            double rightCompanies = assertions.stream().filter(a -> a.company()
                    .equals(java.util.Optional.of(origin(a.claims()).company()))).count();
            scores.put(heuristic, new Outcome.Score(rightDeposits / deposits, rightDeposits / assertions.size(),
                    rightCompanies / companies, rightCompanies / assertions.size()));
        });
        return scores;
    }

    /** A claim of a payment, not to a treasury, after the warm-up. */
    private boolean isJudged(List<PublicClaim> claims) {
        return !claims.getFirst().time().isBefore(traffic.judgedFrom())
                && !treasuries.contains(claims.getFirst().recipient());
    }

    private Origin origin(List<PublicClaim> claims) {
        return traffic.truth().get(claims.getFirst().linkKey());
    }

    private double changeShare() {
        BigInteger deposited = chain.deposits().stream().map(PublicDeposit::amount)
                .reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger change = chain.claims().stream()
                .filter(c -> traffic.truth().get(c.linkKey()).payment() == Origin.CHANGE)
                .map(PublicClaim::amount).reduce(BigInteger.ZERO, BigInteger::add);
        return change.doubleValue() / deposited.doubleValue();
    }
}
