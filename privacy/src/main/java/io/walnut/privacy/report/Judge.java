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

    Outcome judge(String scenario, Attacker attacker) {
        var verdicts = new HashMap<Integer, Verdict>();
        double depositBits = 0;
        double companyBits = 0;
        int redemptions = 0;
        int asserted = 0;
        int right = 0;
        Findings findings = attacker.attack(chain);
        for (Suspicion suspicion : findings.suspicions()) {
            if (!isJudged(suspicion.claims())) {
                continue;
            }
            Origin origin = origin(suspicion.claims());
            Verdict verdict = verdicts.computeIfAbsent(origin.payment(), p -> new Verdict());
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
        exits(verdicts);
        return new Outcome(scenario, verdicts.size(), chain.deposits().size(), share(verdicts, v -> v.linked),
                share(verdicts, v -> v.named), (double) right / asserted, share(verdicts, v -> v.guessed),
                Math.pow(2, depositBits / redemptions), Math.pow(2, companyBits / redemptions), changeShare(),
                verdicts.values().stream().mapToInt(v -> v.notes).average().orElse(0), scores(findings));
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

    private static double share(Map<Integer, Verdict> verdicts, java.util.function.Predicate<Verdict> is) {
        return (double) verdicts.values().stream().filter(is).count() / verdicts.size();
    }
}
