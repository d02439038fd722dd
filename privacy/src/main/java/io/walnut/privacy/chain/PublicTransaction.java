package io.walnut.privacy.chain;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;

/**
 * What a transaction shows of who made it.
 *
 * @param priorityFee {@code maxPriorityFeePerGas} in wei
 * @param gasMargin the gas limit as a percentage of the gas that the same call needs at least, which differs by wallet
 */
public record PublicTransaction(Bytes32 hash, Address sender, long priorityFee, int gasMargin) {
}
