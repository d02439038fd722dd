package io.walnut.ejb.chain;

import io.walnut.contracts.Bytes32;
import java.util.Optional;

/**
 * What became of a transaction; fired as a CDI event in the transaction that writes it down.
 *
 * @param state MINED, SETTLED, REVERTED, REJECTED, or SENT when a reorganisation took it out of its block
 * @param hash empty when it was rejected
 * @param reason why it was rejected or reverted, without secrets
 */
public record TransactionOutcome(String purpose, ChainTransaction.State state, Optional<Bytes32> hash,
    Optional<String> reason) {
}
