package io.walnut.privacy.simulation;

import io.walnut.privacy.policy.Denominations;
import io.walnut.privacy.policy.ExactPolicy;
import io.walnut.privacy.policy.Policy;
import io.walnut.privacy.policy.StandardPolicy;
import java.util.Map;
import java.util.Optional;

/** The policies that are compared. */
public final class Policies {

    public static final Map<Asset, Policy> EXACT =
            Map.of(Asset.USDC, new ExactPolicy(), Asset.ETH, new ExactPolicy());
    public static final Map<Asset, Policy> STANDARD = Map.of(
            Asset.USDC, new StandardPolicy(notes(Asset.USDC, 10_000_000), Optional.empty()),
            Asset.ETH, new StandardPolicy(notes(Asset.ETH, 1_000_000), Optional.empty()));
    /** Standard notes out of deposits of standard sizes, the rest returning as change. */
    public static final Map<Asset, Policy> STANDARD_DEPOSITS = Map.of(
            Asset.USDC, new StandardPolicy(notes(Asset.USDC, 10_000_000), Optional.of(sizes(Asset.USDC, 100_000))),
            Asset.ETH, new StandardPolicy(notes(Asset.ETH, 1_000_000), Optional.of(sizes(Asset.ETH, 10_000))));

    private Policies() {
    }

    /** @param largest in units */
    private static Denominations notes(Asset asset, long largest) {
        return Denominations.oneTwoFive(asset.unit(), asset.amount(largest));
    }

    /** @param smallest in units */
    private static Denominations sizes(Asset asset, long smallest) {
        return Denominations.oneTwoFive(asset.amount(smallest), asset.amount(1_000 * smallest));
    }
}
