package io.walnut.ejb.relay;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import java.math.BigInteger;

/**
 * Where a claim is.
 *
 * @param id null for a note that was paid without us
 * @param state queued, sent, mined, settled or failed
 * @param txHash null until known
 * @param failure null unless failed
 */
public record ClaimStatus(String id, String state, Address linkKey, Address recipient, BigInteger amount,
    BigInteger fee, Bytes32 txHash, String failure) {
}
