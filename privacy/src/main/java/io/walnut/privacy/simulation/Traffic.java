package io.walnut.privacy.simulation;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.privacy.chain.PublicChain;
import java.time.Instant;
import java.util.Map;

/**
 * Simulated traffic: what the chain shows, and the truth that it hides.
 *
 * @param truth by link key
 * @param judgedFrom claims before it belong to the warm-up
 */
public record Traffic(PublicChain chain, Map<Address, Origin> truth, Instant judgedFrom) {

    /**
     * Where a note comes from.
     *
     * @param payment numbers the payments; {@link #CHANGE} for change
     */
    public record Origin(Bytes32 deposit, Address company, int payment) {

        public static final int CHANGE = -1;
    }
}
