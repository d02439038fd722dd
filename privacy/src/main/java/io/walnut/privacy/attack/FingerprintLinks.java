package io.walnut.privacy.attack;

import java.util.HashMap;
import java.util.Map;

/**
 * Senders that betray a company: where all reclaims that went out under one relayer, sender and gas setting are of one
 * company, so is, presumably, the rest that goes out under it.
 */
final class FingerprintLinks {

    private static final int ENOUGH = 3;
    private static final double PURE = 0.9;

    private FingerprintLinks() {
    }

    static Guesses labels(View view) {
        var reclaims = new HashMap<Object, int[]>();
        for (Redemption redemption : view.redemptions) {
            if (redemption.isReclaim()) {
                reclaims.computeIfAbsent(redemption.fingerprint(), f -> new int[view.companies])
                        [redemption.reclaimedBy()]++;
            }
        }
        Guesses guesses = Guesses.none(view);
        Map<Object, Integer> owner = new HashMap<>();
        reclaims.forEach((fingerprint, counts) -> owner.put(fingerprint, owner(counts)));
        for (int r = 0; r < view.redemptions.size(); r++) {
            Redemption redemption = view.redemptions.get(r);
            if (!redemption.isReclaim()) {
                guesses.assertCompany(r, owner.getOrDefault(redemption.fingerprint(), Guesses.NONE));
            }
        }
        return guesses;
    }

    private static int owner(int[] counts) {
        int total = 0;
        int best = 0;
        for (int c = 0; c < counts.length; c++) {
            total += counts[c];
            best = counts[c] > counts[best] ? c : best;
        }
        return total >= ENOUGH && counts[best] >= PURE * total ? best : Guesses.NONE;
    }
}
