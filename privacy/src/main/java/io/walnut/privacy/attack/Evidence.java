package io.walnut.privacy.attack;

import io.walnut.privacy.policy.Policy;

/** What speaks for and against each pair of a redemption and a deposit, in bins. */
final class Evidence {

    /**
     * A kind of evidence, the number of its bins, and the doubt whether what was learned of it holds for the companies at
     * hand: other companies pay other amounts.
     */
    enum Kind {
        AGE(64, 0), SIZE(65 * 65, 0.3), FIT(2, 0), HOUR(8, 0), UNIQUE(3, 0), SUM(3, 0), RECLAIM(3, 0),
        ADDRESS(3, 0), FINGERPRINT(3, 0);

        final int bins;
        final double doubt;

        Kind(int bins, double doubt) {
            this.bins = bins;
            this.doubt = doubt;
        }
    }

    /** Amounts have at most 128 bits; magnitudes go in steps of two bits, since finer ones fit single companies. */
    private static final int MAGNITUDES = 65;

    static final Kind[] KINDS = Kind.values();

    private static final int SILENT = 0;
    private static final int FOR = 1;
    private static final int AGAINST = 2;
    private static final double LN2 = Math.log(2);

    final View view;
    final AddressLinks addresses;
    private final Guesses[] guesses = new Guesses[Heuristic.values().length];
    private final double[] utcOffsets;
    private final long[] size;

    Evidence(View view, Policy policy) {
        this.view = view;
        addresses = AddressLinks.of(view);
        for (Heuristic heuristic : Heuristic.values()) {
            guesses[heuristic.ordinal()] = heuristic.guess(view, policy);
        }
        utcOffsets = TimingLinks.utcOffsets(view);
        size = view.redemptions.stream()
                .mapToLong(r -> view.units(policy.depositSize(view.amount(r.amount())))).toArray();
    }

    int bin(Kind kind, int r, int d) {
        Redemption redemption = view.redemptions.get(r);
        return switch (kind) {
            case AGE -> age(redemption.time() - view.depositTime[d]);
            case SIZE -> size(r, d);
            case FIT -> view.depositAmount[d] == size[r] ? FOR : SILENT;
            case HOUR -> hour(redemption.time(), view.company[d]);
            case UNIQUE -> deposit(Heuristic.UNIQUE_AMOUNT, r, d);
            case SUM -> deposit(Heuristic.AMOUNT_SUMS, r, d);
            case RECLAIM -> deposit(Heuristic.RECLAIMS, r, d);
            case ADDRESS -> company(Heuristic.ADDRESSES, r, d);
            case FINGERPRINT -> company(Heuristic.GAS_FINGERPRINT, r, d);
        };
    }

    Guesses guesses(Heuristic heuristic) {
        return guesses[heuristic.ordinal()];
    }

    /** A deposit that cannot have paid the redemption. */
    boolean isImpossible(int r, int d) {
        return view.depositAmount[d] < view.redemptions.get(r).amount();
    }

    private static int age(long seconds) {
        return Math.clamp((int) (5 * Math.log(seconds / 900.0) / LN2), 0, Kind.AGE.bins - 1);
    }

    /** The magnitudes of both amounts: a refund does not come out of a payroll. */
    private int size(int r, int d) {
        return view.bits(view.redemptions.get(r).amount()) / 2 * MAGNITUDES + view.bits(view.depositAmount[d]) / 2;
    }

    private int hour(long time, int company) {
        return Math.clamp((int) (TimingLinks.localHour(time, utcOffsets[company]) / 3), 0, Kind.HOUR.bins - 1);
    }

    private int deposit(Heuristic heuristic, int r, int d) {
        return verdict(guesses[heuristic.ordinal()].deposit()[r], d);
    }

    private int company(Heuristic heuristic, int r, int d) {
        return verdict(guesses[heuristic.ordinal()].company()[r], view.company[d]);
    }

    private static int verdict(int asserted, int candidate) {
        if (asserted == Guesses.NONE) {
            return SILENT;
        }
        return asserted == candidate ? FOR : AGAINST;
    }
}
