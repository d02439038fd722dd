package io.walnut.privacy.attack;

import io.walnut.contracts.Address;
import io.walnut.privacy.chain.PublicClaim;
import java.util.List;

/**
 * What one recipient took in one transaction: the outsider's best view of a payment.
 *
 * @param amount in {@link View}'s unit
 * @param time seconds since 1970
 * @param reclaimedBy the index of the company whose treasury is the recipient, or −1
 */
record Redemption(Address recipient, long amount, long time, List<PublicClaim> claims, int reclaimedBy) {

    boolean isReclaim() {
        return reclaimedBy >= 0;
    }

    /** How the transaction was made; equal for all that one relayer sends. */
    Object fingerprint() {
        var transaction = claims.getFirst().transaction();
        return List.of(transaction.sender(), transaction.priorityFee(), transaction.gasMargin());
    }
}
