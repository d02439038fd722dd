package io.walnut.ejb.privacy;

import io.walnut.contracts.Address;
import java.math.BigInteger;
import java.util.List;

/**
 * What an outsider could make of claims on this escrow, by public chain data alone.
 *
 * @param asOfBlock the last block that was looked at; −1 before the first
 * @param data one for each token
 */
public record PrivacyReport(long asOfBlock, List<TokenPrivacy> data) {

    /**
     * @param candidateDeposits that a claim made now could come from
     * @param candidateCompanies that made them
     * @param denominations largest first
     * @param now for a claim like the recent ones
     * @param after the same after waiting, if deposits go on as lately
     * @param advice one sentence
     */
    public record TokenPrivacy(Address token, String symbol, int candidateDeposits, int candidateCompanies,
        List<Denomination> denominations, Hiding now, List<Later> after, String advice) {
    }

    /** @param outstandingAtMost unclaimed notes of this amount: more there cannot be */
    public record Denomination(BigInteger amount, BigInteger outstandingAtMost) {
    }

    /**
     * @param effectiveSet how many equally likely deposits would leave the outsider as uncertain; 0 without a deposit
     * @param effectiveCompanies the same of companies
     * @param linkedShare of claims whose deposit the outsider names rightly, from 0 to 1
     */
    public record Hiding(double effectiveSet, double effectiveCompanies, double linkedShare) {
    }

    public record Later(long hours, double effectiveSet, double effectiveCompanies, double linkedShare) {
    }
}
