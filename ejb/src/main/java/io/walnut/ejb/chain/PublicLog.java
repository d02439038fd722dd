package io.walnut.ejb.chain;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import java.time.Instant;
import java.util.List;

/**
 * A log of the escrow with what everybody can know of it.
 *
 * @param time of its block
 * @param sender of its transaction
 */
public record PublicLog(long blockNumber, long index, List<Bytes32> topics, byte[] data, Instant time, Bytes32 txHash,
    Address sender) {
}
