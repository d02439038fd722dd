package io.walnut.ejb.relay;

import io.walnut.contracts.Address;
import io.walnut.contracts.Claim;
import io.walnut.contracts.Signature;

/**
 * What a recipient asks to have relayed.
 *
 * @param linkKey of the note; it must have signed the claim
 * @param patienceSeconds how long it may be held; 0 for not at all
 */
public record ClaimRequest(Address linkKey, Claim claim, Signature linkSignature, Signature voucherSignature,
    long patienceSeconds) {
}
