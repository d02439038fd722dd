package io.walnut.privacy.attack;

import java.time.Duration;
import java.util.stream.IntStream;

/** Links by time alone. */
final class TimingLinks {

    private static final long RECENT = Duration.ofDays(3).toSeconds();
    private static final double OFFICE_MIDDAY = 13;
    private static final int WAKES = 7;
    private static final int SLEEPS = 23;

    private TimingLinks() {
    }

    /** Each redemption drains the oldest deposit that still holds enough; reclaims drain their own company's. */
    static Guesses fifo(View view) {
        Guesses guesses = Guesses.none(view);
        long[] left = view.depositAmount.clone();
        for (int r = 0; r < view.redemptions.size(); r++) {
            Redemption redemption = view.redemptions.get(r);
            for (int d = view.firstCandidate(redemption.time()); d < view.endOfCandidates(redemption.time()); d++) {
                boolean possible = !redemption.isReclaim() || redemption.reclaimedBy() == view.company[d];
                if (possible && left[d] >= redemption.amount()) {
                    left[d] -= redemption.amount();
                    if (!redemption.isReclaim()) {
                        guesses.assertDeposit(view, r, d);
                    }
                    break;
                }
            }
        }
        return guesses;
    }

    /** The latest deposit that is large enough. */
    static Guesses latest(View view) {
        Guesses guesses = Guesses.none(view);
        for (int r = 0; r < view.redemptions.size(); r++) {
            Redemption redemption = view.redemptions.get(r);
            int d = view.endOfCandidates(redemption.time()) - 1;
            while (d >= 0 && view.depositAmount[d] < redemption.amount()) {
                d--;
            }
            if (d >= 0 && !redemption.isReclaim()) {
                guesses.assertDeposit(view, r, d);
            }
        }
        return guesses;
    }

    /** Where only one of the companies that deposited lately has daytime, its latest deposit. */
    static Guesses timeOfDay(View view) {
        Guesses guesses = Guesses.none(view);
        double[] offset = utcOffsets(view);
        for (int r = 0; r < view.redemptions.size(); r++) {
            Redemption redemption = view.redemptions.get(r);
            if (redemption.isReclaim()) {
                continue;
            }
            int[] awake = IntStream.range(view.firstCandidate(redemption.time()), view.endOfCandidates(redemption.time()))
                    .filter(d -> redemption.time() - view.depositTime[d] <= RECENT
                            && view.depositAmount[d] >= redemption.amount()
                            && isAwake(redemption.time(), offset[view.company[d]])).toArray();
            if (awake.length > 0 && IntStream.of(awake).map(d -> view.company[d]).distinct().count() == 1) {
                guesses.assertDeposit(view, r, awake[awake.length - 1]);
            }
        }
        return guesses;
    }

    /** Guessed from the hours at which each company deposits. */
    static double[] utcOffsets(View view) {
        double[] x = new double[view.companies];
        double[] y = new double[view.companies];
        for (int d = 0; d < view.depositTime.length; d++) {
            double angle = 2 * Math.PI * (view.depositTime[d] % 86_400) / 86_400;
            x[view.company[d]] += Math.cos(angle);
            y[view.company[d]] += Math.sin(angle);
        }
        double[] offset = new double[view.companies];
        for (int c = 0; c < offset.length; c++) {
            offset[c] = OFFICE_MIDDAY - Math.atan2(y[c], x[c]) * 24 / (2 * Math.PI);
        }
        return offset;
    }

    static double localHour(long time, double utcOffset) {
        double hour = (time % 86_400) / 3_600.0 + utcOffset;
        return ((hour % 24) + 24) % 24;
    }

    private static boolean isAwake(long time, double utcOffset) {
        double hour = localHour(time, utcOffset);
        return hour >= WAKES && hour < SLEEPS;
    }
}
