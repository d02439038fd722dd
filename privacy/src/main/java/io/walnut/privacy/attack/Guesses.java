package io.walnut.privacy.attack;

import java.util.Arrays;

/** What a heuristic asserts of each redemption; −1 where it says nothing. */
record Guesses(int[] deposit, int[] company) {

    static final int NONE = -1;

    static Guesses none(View view) {
        var guesses = new Guesses(new int[view.redemptions.size()], new int[view.redemptions.size()]);
        Arrays.fill(guesses.deposit, NONE);
        Arrays.fill(guesses.company, NONE);
        return guesses;
    }

    void assertDeposit(View view, int redemption, int d) {
        deposit[redemption] = d;
        company[redemption] = view.company[d];
    }

    void assertCompany(int redemption, int c) {
        company[redemption] = c;
    }
}
