package io.walnut.privacy.estimate;

import io.walnut.contracts.Address;
import io.walnut.privacy.attack.Suspicion;
import io.walnut.privacy.chain.PublicChain;
import io.walnut.privacy.chain.PublicClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What the sums of several claims leave of the outsider's uncertainty. At the end of the events they say next to nothing
 * of a claim, or something wrong, since the other claims of its deposit are still to come; and how much they will say
 * differs from escrow to escrow, with the size of batches. So it is read off claims of this escrow that are old enough.
 *
 * @param deposits the share that is left of the bits that an outsider lacks to know the deposit
 * @param companies the same for the company
 */
record Sums(double deposits, double companies) {

    /** So old that sums are sought among later claims no more. */
    private static final Duration RIPE = Duration.ofDays(10);
    private static final int ENOUGH = 300;
    /** As many bits' worth of other escrows' claims count, too, so that the first few old claims do not decide. */
    private static final double OTHERS = 50;

    /** The link keys of the newest claims that are old enough, those of some hundred payments. */
    static Set<Address> ripe(PublicChain events, Instant now) {
        Set<Address> ripe = new HashSet<>();
        Set<List<Object>> redemptions = new HashSet<>();
        for (PublicClaim claim : events.claims().reversed()) {
            if (!claim.time().isAfter(now.minus(RIPE))) {
                redemptions.add(List.of(claim.transaction().hash(), claim.recipient()));
                if (redemptions.size() > ENOUGH) {
                    break;
                }
                ripe.add(claim.linkKey());
            }
        }
        return ripe;
    }

    /** @param usual the share that other escrows leave */
    static Sums of(List<Suspicion> with, List<Suspicion> without, double usual) {
        return new Sums(share(with, without, Suspicion::depositEntropy, usual),
                share(with, without, Suspicion::companyEntropy, usual));
    }

    private static double share(List<Suspicion> with, List<Suspicion> without, ToDoubleFunction<Suspicion> bits,
            double usual) {
        return (with.stream().mapToDouble(bits).sum() + OTHERS * usual)
                / (without.stream().mapToDouble(bits).sum() + OTHERS);
    }
}
