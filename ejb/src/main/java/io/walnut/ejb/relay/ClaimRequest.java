package io.walnut.ejb.relay;

import io.walnut.contracts.Address;
import io.walnut.contracts.Claim;
import io.walnut.contracts.Signature;
import java.math.BigInteger;

/** What a recipient asks to have relayed. @param patienceSeconds how long it may be held; 0 for not at all */
public record ClaimRequest(Address token, BigInteger amount, Signature voucherSignature, Claim claim,
    Signature linkSignature, long patienceSeconds) {
}
