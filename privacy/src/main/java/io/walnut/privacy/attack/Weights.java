package io.walnut.privacy.attack;

/**
 * What the attacker has learned.
 *
 * @param logRatios for each kind of evidence and bin, the logarithm of how much more frequent it is among true pairs
 *     than among all pairs
 * @param exponent applied to the product of all evidence of a pair
 * @param sharpening how far other redemptions of the same person count: 0 not at all, 1 as if independent
 */
record Weights(double[][] logRatios, double exponent, double sharpening) {

    /** Before the exponent. */
    double of(Evidence evidence, int r, int d) {
        double sum = 0;
        for (Evidence.Kind kind : Evidence.KINDS) {
            sum += logRatios[kind.ordinal()][evidence.bin(kind, r, d)];
        }
        return sum;
    }

    /** As if nothing had been learned of one kind of evidence. */
    Weights without(Evidence.Kind kind) {
        double[][] others = logRatios.clone();
        others[kind.ordinal()] = new double[kind.bins];
        return new Weights(others, exponent, sharpening);
    }

    Weights withExponent(double other) {
        return new Weights(logRatios, other, sharpening);
    }

    Weights withSharpening(double other) {
        return new Weights(logRatios, exponent, other);
    }
}
