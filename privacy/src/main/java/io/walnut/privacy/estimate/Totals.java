package io.walnut.privacy.estimate;

import io.walnut.privacy.chain.PublicChain;
import io.walnut.privacy.chain.PublicClaim;
import io.walnut.privacy.chain.PublicDeposit;
import io.walnut.privacy.chain.PublicExit;
import java.math.BigInteger;

/**
 * One token's escrow since its beginning.
 *
 * @param deposited in the token's smallest unit
 * @param redeemed by claim or exit
 * @param deposits how many
 * @param redemptions how many notes
 */
public record Totals(BigInteger deposited, BigInteger redeemed, long deposits, long redemptions) {

    /** @param chain all events of one token */
    static Totals of(PublicChain chain) {
        BigInteger deposited = chain.deposits().stream().map(PublicDeposit::amount)
                .reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger claimed = chain.claims().stream().map(PublicClaim::amount).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger exited = chain.exits().stream().map(PublicExit::amount).reduce(BigInteger.ZERO, BigInteger::add);
        return new Totals(deposited, claimed.add(exited), chain.deposits().size(),
                chain.claims().size() + chain.exits().size());
    }
}
