package io.walnut.privacy.attack;

import io.walnut.privacy.policy.Policy;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Learns weights from chains whose solution is known: the ratios from all but the last, the exponents from the last, for
 * on the chains that gave the ratios every exponent would look too good.
 */
final class Trainer {

    /** As many imagined true pairs, distributed as all pairs are, keep rare bins from counting for certain. */
    private static final double PRIOR = 20;
    private static final double STEP = 0.1;
    private static final double SMALLEST_EXPONENT = 0.3;
    private static final double LARGEST_EXPONENT = 1.0;
    private static final double FLOOR = 1e-6;

    private record Example(Evidence evidence, int[] truth) {

        boolean counts(int r) {
            return !evidence.view.redemptions.get(r).isReclaim() && truth[r] >= 0;
        }
    }

    private Trainer() {
    }

    static Weights train(Policy policy, List<LabelledChain> chains) {
        List<Example> all = chains.stream().map(chain -> {
            var view = new View(chain.chain());
            return new Example(new Evidence(view, policy), chain.deposits(view));
        }).toList();
        var weights = new Weights(logRatios(all.subList(0, all.size() - 1)), 1, 0);
        List<Example> examples = all.subList(all.size() - 1, all.size());
        List<Posteriors.Scores> scores = examples.stream().map(x -> Posteriors.Scores.of(x.evidence, weights)).toList();
        double exponent = best(SMALLEST_EXPONENT, LARGEST_EXPONENT, e -> {
            double sum = 0;
            for (int i = 0; i < examples.size(); i++) {
                sum += likelihood(examples.get(i), scores.get(i).posteriors(e));
            }
            return sum;
        });
        List<Posteriors> single = scores.stream().map(s -> s.posteriors(exponent)).toList();
        List<List<int[]>> groups = examples.stream().map(x -> Persons.groups(x.evidence)).toList();
        double sharpening = best(0, 1, s -> {
            double sum = 0;
            for (int i = 0; i < examples.size(); i++) {
                Example x = examples.get(i);
                sum += likelihood(x, single.get(i).sharpened(groups.get(i), s));
            }
            return sum;
        });
        return weights.withExponent(exponent).withSharpening(sharpening);
    }

    private static double[][] logRatios(List<Example> examples) {
        int kinds = Evidence.KINDS.length;
        double[][] hits = new double[kinds][];
        double[][] pairs = new double[kinds][];
        for (Evidence.Kind kind : Evidence.KINDS) {
            hits[kind.ordinal()] = new double[kind.bins];
            pairs[kind.ordinal()] = new double[kind.bins];
        }
        examples.forEach(example -> count(example, hits, pairs));
        double[][] logRatios = new double[kinds][];
        for (int k = 0; k < kinds; k++) {
            double allHits = java.util.Arrays.stream(hits[k]).sum();
            double allPairs = java.util.Arrays.stream(pairs[k]).sum();
            logRatios[k] = new double[hits[k].length];
            for (int b = 0; b < hits[k].length; b++) {
                double usual = (pairs[k][b] + 0.5) / (allPairs + 0.5 * hits[k].length);
                double ratio = (hits[k][b] + PRIOR * usual) / (allHits + PRIOR) / usual;
                double doubt = Evidence.KINDS[k].doubt;
                logRatios[k][b] = Math.log((1 - doubt) * ratio + doubt);
            }
        }
        return logRatios;
    }

    private static void count(Example example, double[][] hits, double[][] pairs) {
        Evidence evidence = example.evidence;
        View view = evidence.view;
        for (int r = 0; r < view.redemptions.size(); r++) {
            if (!example.counts(r)) {
                continue;
            }
            long time = view.redemptions.get(r).time();
            for (int d = view.firstCandidate(time); d < view.endOfCandidates(time); d++) {
                if (evidence.isImpossible(r, d)) {
                    continue;
                }
                for (Evidence.Kind kind : Evidence.KINDS) {
                    int bin = evidence.bin(kind, r, d);
                    pairs[kind.ordinal()][bin]++;
                    if (d == example.truth[r]) {
                        hits[kind.ordinal()][bin]++;
                    }
                }
            }
        }
    }

    private static double likelihood(Example example, Posteriors posteriors) {
        double sum = 0;
        for (int r : posteriors.judged()) {
            if (example.counts(r)) {
                sum += Math.log(Math.max(FLOOR, posteriors.of(r, example.truth[r])));
            }
        }
        return sum;
    }

    /** The value from {@code low} to {@code high}, in steps, with the highest score. */
    private static double best(double low, double high, DoubleFunction<Double> score) {
        double best = low;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; low + i * STEP <= high + STEP / 2; i++) {
            double value = low + i * STEP;
            double scored = score.apply(value);
            if (scored > highest) {
                highest = scored;
                best = value;
            }
        }
        return best;
    }
}
