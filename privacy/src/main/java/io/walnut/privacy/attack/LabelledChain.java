package io.walnut.privacy.attack;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.privacy.chain.PublicChain;
import java.util.Map;

/**
 * Simulated events with their solution, to learn from.
 *
 * @param chain of one token
 * @param truth the deposit of each link key
 */
public record LabelledChain(PublicChain chain, Map<Address, Bytes32> truth) {

    /** The index of the deposit of each redemption. */
    int[] deposits(View view) {
        return view.redemptions.stream()
                .mapToInt(r -> view.depositOf(truth.get(r.claims().getFirst().linkKey()))).toArray();
    }
}
