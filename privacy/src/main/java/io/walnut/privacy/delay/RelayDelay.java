package io.walnut.privacy.delay;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long the relayer holds a claim: exponentially distributed, because an exponential wait of given mean tells least
 * about its beginning, and cut off at the recipient's patience. It is drawn from the part of the distribution below
 * the cut, never moved onto it, since claims that all fall due at the cut would mark their time of arrival.
 *
 * @param mean before the cut; zero for no delay
 * @param patience the longest wait that the recipient accepts; never exceeded
 */
public record RelayDelay(Duration mean, Duration patience) {

    public static final RelayDelay NONE = new RelayDelay(Duration.ZERO, Duration.ZERO);

    public RelayDelay {
        if (mean.isNegative() || patience.isNegative()) {
            throw new IllegalArgumentException("a delay cannot be negative");
        }
    }

    /** The same delay for a recipient who waits no longer than {@code limit}. */
    public RelayDelay within(Duration limit) {
        return limit.compareTo(patience) < 0 ? new RelayDelay(mean, limit) : this;
    }

    public boolean isNone() {
        return mean.isZero() || patience.isZero();
    }

    /** @param random a {@link java.security.SecureRandom} wherever money moves: who predicts it undoes it */
    public Duration sample(RandomGenerator random) {
        if (isNone()) {
            return Duration.ZERO;
        }
        double cut = -Math.expm1(-(double) patience.toMillis() / mean.toMillis());
        double wait = -Math.log1p(-random.nextDouble() * cut) * mean.toMillis();
        return Duration.ofMillis(Math.min((long) wait, patience.toMillis()));
    }

    /** The mean of what {@link #sample} gives. */
    public Duration expected() {
        if (isNone()) {
            return Duration.ZERO;
        }
        double m = mean.toMillis();
        double p = patience.toMillis();
        return Duration.ofMillis((long) (m - p / Math.expm1(p / m)));
    }
}
