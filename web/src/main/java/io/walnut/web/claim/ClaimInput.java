package io.walnut.web.claim;

import io.walnut.contracts.Address;
import io.walnut.contracts.Claim;
import io.walnut.contracts.Signature;
import io.walnut.ejb.relay.ClaimRequest;
import io.walnut.web.Inputs;
import java.math.BigInteger;

/** The body of {@code POST /claims}, as it was sent. @param deadline seconds since 1970 @param patienceSeconds null for none */
public record ClaimInput(String token, String amount, String linkKey, String voucherSignature, String recipient,
    String relayer, String fee, Long deadline, String linkSignature, Long patienceSeconds) {
    /** What is asked for, checked for shape. @throws io.walnut.ejb.shared.Refusal naming every fault */
    ClaimRequest checked() {
        var inputs = new Inputs();
        Address checkedToken = inputs.address("token", token);
        BigInteger checkedAmount = inputs.amount("amount", amount);
        Signature voucher = inputs.signature("voucher_signature", voucherSignature);
        Signature link = inputs.signature("link_signature", linkSignature);
        if (deadline == null || deadline < 0) {
            inputs.fault("deadline", "must be seconds since 1970");
        }
        Address key = inputs.address("link_key", linkKey);
        Address to = inputs.address("recipient", recipient);
        Address by = inputs.address("relayer", relayer);
        BigInteger checkedFee = inputs.whole("fee", fee);
        inputs.refuseIfFaulty();
        return new ClaimRequest(key,
            new Claim(checkedToken, checkedAmount, to, checkedFee, by, BigInteger.valueOf(deadline)), link, voucher,
            patienceSeconds == null ? 0 : patienceSeconds);
    }
}
