package io.walnut.privacy.attack;

import java.time.Duration;

/**
 * Reclaims of expired links come at a known time after their deposit, which names the deposit; what is left of it must be
 * what was paid.
 */
final class ReclaimLinks {

    private static final long EXPIRY = Duration.ofDays(30).toSeconds();
    private static final long TOLERANCE = Duration.ofMinutes(10).toSeconds();

    private ReclaimLinks() {
    }

    static Guesses sums(View view) {
        long[] left = view.depositAmount.clone();
        boolean[] touched = new boolean[left.length];
        for (Redemption redemption : view.redemptions) {
            int d = redemption.isReclaim() ? expired(view, redemption) : Guesses.NONE;
            if (d >= 0 && left[d] > redemption.amount()) {
                left[d] -= redemption.amount();
                touched[d] = true;
            }
        }
        for (int d = 0; d < left.length; d++) {
            left[d] = touched[d] ? left[d] : 0;
        }
        Guesses guesses = AmountLinks.sums(view, left);
        single(view, left, guesses);
        return guesses;
    }

    private static int expired(View view, Redemption reclaim) {
        for (int d = view.firstCandidate(reclaim.time()); d < view.endOfCandidates(reclaim.time()); d++) {
            if (view.company[d] == reclaim.reclaimedBy()
                    && Math.abs(reclaim.time() - view.depositTime[d] - EXPIRY) <= TOLERANCE) {
                return d;
            }
        }
        return Guesses.NONE;
    }

    private static void single(View view, long[] left, Guesses guesses) {
        for (int r = 0; r < view.redemptions.size(); r++) {
            Redemption redemption = view.redemptions.get(r);
            for (int d = view.firstCandidate(redemption.time()); d < view.endOfCandidates(redemption.time()); d++) {
                if (!redemption.isReclaim() && left[d] == redemption.amount()) {
                    guesses.assertDeposit(view, r, d);
                }
            }
        }
    }
}
