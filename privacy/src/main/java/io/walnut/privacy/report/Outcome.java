package io.walnut.privacy.report;

import io.walnut.privacy.attack.Heuristic;
import java.util.Map;

/**
 * What the attack on one scenario found; shares are of payments unless said otherwise.
 *
 * @param payments judged
 * @param deposits on chain
 * @param linked payments of which the attacker names the right deposit for at least one claim, or that exited
 * @param namedCompany the same for the company
 * @param precision of the deposits that the attacker names, by redemption
 * @param bestGuess payments of which the attacker, forced to name one deposit each, is right at least once
 * @param effectiveDeposits 2 to the mean entropy over deposits
 * @param effectiveCompanies 2 to the mean entropy over companies
 * @param balancedLinked {@code linked} for the attacker who balances the books of all deposits
 * @param balancedCompany {@code namedCompany} for that attacker
 * @param change the share of deposited money that returns as change
 * @param notes per payment
 */
public record Outcome(String scenario, int payments, int deposits, double linked, double namedCompany,
        double precision, double bestGuess, double effectiveDeposits, double effectiveCompanies,
        double balancedLinked, double balancedCompany, double change, double notes, Map<Heuristic, Score> heuristics) {

    /**
     * @param depositPrecision of the assertions that name a deposit; NaN where there are none
     * @param depositRecall of all redemptions
     * @param companyPrecision of all assertions; NaN where there are none
     * @param companyRecall of all redemptions
     */
    public record Score(double depositPrecision, double depositRecall, double companyPrecision, double companyRecall) {
    }
}
