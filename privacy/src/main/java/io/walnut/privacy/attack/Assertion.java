package io.walnut.privacy.attack;

import io.walnut.contracts.Address;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.chain.PublicDeposit;
import java.util.List;
import java.util.Optional;

/**
 * What one heuristic says of one redemption.
 *
 * @param deposit empty where it names only the company, or nothing
 * @param company empty where it says nothing
 */
public record Assertion(List<PublicClaim> claims, Optional<PublicDeposit> deposit, Optional<Address> company) {

    static Assertion of(View view, int r, Guesses guesses) {
        int d = guesses.deposit()[r];
        int c = guesses.company()[r];
        return new Assertion(view.redemptions.get(r).claims(),
                d < 0 ? Optional.empty() : Optional.of(view.chain.deposits().get(d)),
                c < 0 ? Optional.empty() : Optional.of(view.depositor(c)));
    }
}
