package io.walnut.privacy.chain;

import io.walnut.contracts.Address;
import java.math.BigInteger;
import java.time.Instant;

/**
 * A {@code Claimed} or {@code TokenClaimed} event with the transaction that carried it.
 *
 * @param amount in the token's smallest unit, fee included
 * @param relayed whether the sender is one who sends claims for others, which the chain shows by whom it pays
 * @param time of the block
 */
public record PublicClaim(Address linkKey, Address recipient, Address token, BigInteger amount, boolean relayed,
        Instant time, PublicTransaction transaction) {
}
