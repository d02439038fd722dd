package io.walnut.privacy.attack;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The probability of each candidate deposit, for each redemption that is no reclaim. */
final class Posteriors {

    /** What a company is granted that the evidence of another redemption seems to rule out. */
    private static final double DOUBT = 1e-3;

    private static final int ROUNDS = 20;
    private static final double LARGEST_STEP = 20;
    /** Of what is deposited; the rest expires. */
    private static final double USUALLY_CLAIMED = 0.97;

    private final View view;
    private final int[] first;
    private final double[][] probabilities;

    private Posteriors(View view) {
        this.view = view;
        first = new int[view.redemptions.size()];
        probabilities = new double[view.redemptions.size()][];
    }

    static Posteriors of(Evidence evidence, Weights weights) {
        Posteriors single = Scores.of(evidence, weights).posteriors(weights.exponent());
        return weights.sharpening() == 0 ? single : single.sharpened(Persons.groups(evidence), weights.sharpening());
    }

    /** Only of the redemptions {@code wanted}; others of the same persons are looked at where they help. */
    static Posteriors of(Evidence evidence, Weights weights, Set<Integer> wanted) {
        List<int[]> groups = Persons.groups(evidence).stream()
                .filter(group -> IntStream.of(group).anyMatch(wanted::contains)).toList();
        var needed = new HashSet<>(wanted);
        groups.forEach(group -> IntStream.of(group).forEach(needed::add));
        Posteriors single = Scores.of(evidence, weights, needed::contains).posteriors(weights.exponent());
        return weights.sharpening() == 0 ? single : single.sharpened(groups, weights.sharpening());
    }

    /** The sum of the evidence of each pair, before it is damped. */
    record Scores(View view, int[] first, double[][] logs) {

        static Scores of(Evidence evidence, Weights weights) {
            return of(evidence, weights, r -> true);
        }

        private static Scores of(Evidence evidence, Weights weights, IntPredicate wanted) {
            View view = evidence.view;
            int count = view.redemptions.size();
            var scores = new Scores(view, new int[count], new double[count][]);
            for (int r = 0; r < count; r++) {
                if (wanted.test(r) && !view.redemptions.get(r).isReclaim()) {
                    scores.compute(evidence, weights, r);
                }
            }
            return scores;
        }

        private void compute(Evidence evidence, Weights weights, int r) {
            long time = view.redemptions.get(r).time();
            int from = view.firstCandidate(time);
            int end = view.endOfCandidates(time);
            double[] sums = new double[Math.max(0, end - from)];
            boolean possible = false;
            for (int d = from; d < end; d++) {
                boolean impossible = evidence.isImpossible(r, d);
                sums[d - from] = impossible ? Double.NEGATIVE_INFINITY : weights.of(evidence, r, d);
                possible |= !impossible;
            }
            if (possible) {
                first[r] = from;
                logs[r] = sums;
            }
        }

        /** Each redemption by itself. */
        Posteriors posteriors(double exponent) {
            var posteriors = new Posteriors(view);
            System.arraycopy(first, 0, posteriors.first, 0, first.length);
            for (int r = 0; r < first.length; r++) {
                if (logs[r] != null) {
                    double[] damped = logs[r].clone();
                    for (int i = 0; i < damped.length; i++) {
                        damped[i] *= exponent;
                    }
                    posteriors.probabilities[r] = normalized(damped);
                }
            }
            return posteriors;
        }
    }

    /** @param groups redemptions of one person each */
    Posteriors sharpened(List<int[]> groups, double sharpening) {
        var sharper = new Posteriors(view);
        System.arraycopy(first, 0, sharper.first, 0, first.length);
        System.arraycopy(probabilities, 0, sharper.probabilities, 0, first.length);
        for (int[] group : groups) {
            int[] members = IntStream.of(group).filter(r -> probabilities[r] != null).toArray();
            double[][] support = new double[members.length][];
            double[] total = new double[view.companies];
            for (int i = 0; i < members.length; i++) {
                support[i] = support(members[i]);
                for (int c = 0; c < total.length; c++) {
                    total[c] += support[i][c];
                }
            }
            for (int i = 0; i < members.length; i++) {
                sharper.probabilities[members[i]] = reweighted(members[i], total, support[i], sharpening);
            }
        }
        return sharper;
    }

    /**
     * Balanced books: scaled until what each deposit is believed to have paid comes near to what it holds. Sharper than
     * each redemption by itself, and less honest with itself about doubt.
     */
    Posteriors balanced() {
        double[] factor = new double[view.depositAmount.length];
        java.util.Arrays.fill(factor, 1);
        Posteriors current = this;
        for (int round = 0; round < ROUNDS; round++) {
            double[] paid = current.paid();
            for (int d = 0; d < factor.length; d++) {
                double wanted = USUALLY_CLAIMED * view.depositAmount[d] / Math.max(paid[d], Double.MIN_NORMAL);
                factor[d] *= Math.sqrt(Math.clamp(wanted, 1 / LARGEST_STEP, LARGEST_STEP));
            }
            current = scaled(factor);
        }
        return current;
    }

    private double[] paid() {
        double[] paid = new double[view.depositAmount.length];
        for (int r : judged()) {
            for (int i = 0; i < probabilities[r].length; i++) {
                paid[first[r] + i] += probabilities[r][i] * view.redemptions.get(r).amount();
            }
        }
        return paid;
    }

    private Posteriors scaled(double[] factor) {
        var scaled = new Posteriors(view);
        System.arraycopy(first, 0, scaled.first, 0, first.length);
        for (int r : judged()) {
            double[] logs = new double[probabilities[r].length];
            for (int i = 0; i < logs.length; i++) {
                logs[i] = Math.log(probabilities[r][i] * factor[first[r] + i]);
            }
            scaled.probabilities[r] = normalized(logs);
        }
        return scaled;
    }

    /** For each company, the logarithm of how much more likely the redemption makes it than its share of candidates. */
    private double[] support(int r) {
        double[] p = new double[view.companies];
        double[] share = new double[view.companies];
        for (int i = 0; i < probabilities[r].length; i++) {
            int c = view.company[first[r] + i];
            p[c] += probabilities[r][i];
            share[c] += 1.0 / probabilities[r].length;
        }
        double[] support = new double[view.companies];
        for (int c = 0; c < support.length; c++) {
            support[c] = Math.log((p[c] + DOUBT) / (share[c] + DOUBT));
        }
        return support;
    }

    private double[] reweighted(int r, double[] total, double[] own, double sharpening) {
        double[] logs = new double[probabilities[r].length];
        for (int i = 0; i < logs.length; i++) {
            int c = view.company[first[r] + i];
            logs[i] = Math.log(probabilities[r][i]) + sharpening * (total[c] - own[c]);
        }
        return normalized(logs);
    }

    private static double[] normalized(double[] logs) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            largest = Math.max(largest, log);
        }
        double sum = 0;
        double[] p = new double[logs.length];
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp(logs[i] - largest);
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return p;
    }

    int[] judged() {
        return IntStream.range(0, first.length).filter(r -> probabilities[r] != null).toArray();
    }

    /** The index of the first candidate deposit of redemption {@code r}. */
    int first(int r) {
        return first[r];
    }

    double[] probabilities(int r) {
        return probabilities[r];
    }

    /** The probability given to deposit {@code d}, or 0 where it is no candidate. */
    double of(int r, int d) {
        int i = d - first[r];
        return i >= 0 && i < probabilities[r].length ? probabilities[r][i] : 0;
    }
}
