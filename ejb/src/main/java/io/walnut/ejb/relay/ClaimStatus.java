package io.walnut.ejb.relay;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import java.math.BigInteger;
import java.time.Instant;

/**
 * Where a claim is.
 *
 * @param id null for a note that the chain has paid: whose it was, is not said
 * @param state scheduled, queued, sent, mined, settled or failed
 * @param txHash null until known
 * @param payBy the latest time at which it is sent; null unless it is, or was, held
 * @param failure null unless failed
 */
public record ClaimStatus(String id, String state, Address linkKey, Address recipient, BigInteger amount,
    BigInteger fee, Instant payBy, Bytes32 txHash, String failure) {
}
