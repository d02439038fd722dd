package io.walnut.web.claim;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.relay.ClaimStatus;
import java.math.BigInteger;
import java.time.Instant;

/** A claim, as the API shows it. */
public record ClaimView(String id, String object, String state, Address linkKey, Address recipient,
    BigInteger amount, BigInteger fee, Instant payBy, Bytes32 txHash, String failure) {
    static ClaimView of(ClaimStatus claim) {
        return new ClaimView(claim.id(), "claim", claim.state(), claim.linkKey(), claim.recipient(), claim.amount(),
            claim.fee(), claim.payBy(), claim.txHash(), claim.failure());
    }
}
