package io.walnut.privacy.estimate;

import io.walnut.contracts.Address;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The live figures of one asset, from the chain alone.
 *
 * @param candidateDeposits that a claim made now could come from
 * @param candidateCompanies that made them
 * @param outstanding by denomination, largest first; empty under a policy without denominations
 * @param now for a claim like the recent ones
 * @param later the same after waiting, if deposits go on as lately
 * @param advice one sentence
 */
public record PrivacyFigures(Address token, Instant at, int candidateDeposits, int candidateCompanies,
        List<Outstanding> outstanding, EffectiveSet now, List<Later> later, String advice) {

    public PrivacyFigures {
        outstanding = List.copyOf(outstanding);
        later = List.copyOf(later);
    }

    /**
     * Unclaimed notes.
     *
     * @param denomination in the smallest unit
     * @param atMost what an outsider can be sure of
     * @param expected if what is outstanding is made up like what was claimed
     */
    public record Outstanding(BigInteger denomination, BigInteger atMost, double expected) {
    }

    /**
     * How many equally likely deposits, and companies, would leave the outsider as uncertain.
     *
     * @param linked the share of such claims that the outsider can tie to their deposit: it is more than half sure, and
     *     right
     */
    public record EffectiveSet(double deposits, double companies, double linked) {
    }

    public record Later(Duration after, EffectiveSet set) {
    }
}
