package io.walnut.web.privacy;

import io.walnut.contracts.Address;
import io.walnut.ejb.privacy.PreviewRequest;
import io.walnut.ejb.treasury.Batch;
import io.walnut.ejb.treasury.BatchRequest;
import io.walnut.web.Inputs;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The body of {@code POST /privacy/preview}, as it was sent. @param policy exact or standard */
public record PreviewInput(String token, String policy, List<String> amounts, String releaseAt) {
    /** What is asked for, checked. @throws io.walnut.ejb.shared.Refusal naming every fault */
    PreviewRequest checked() {
        var inputs = new Inputs();
        Address checkedToken = token == null ? Address.ZERO : inputs.address("token", token);
        Batch.Policy checkedPolicy = inputs.oneOf("policy", Batch.Policy.class, policy, Batch.Policy.EXACT);
        Instant release = inputs.time("release_at", releaseAt);
        var checkedAmounts = new ArrayList<BigInteger>();
        if (amounts == null || amounts.isEmpty() || amounts.size() > BatchRequest.MAX_PAYMENTS) {
            inputs.fault("amounts", "must have 1 to " + BatchRequest.MAX_PAYMENTS + " entries");
        } else {
            for (int i = 0; i < amounts.size(); i++) {
                checkedAmounts.add(inputs.amount("amounts[" + i + "]", amounts.get(i)));
            }
        }
        inputs.refuseIfFaulty();
        return new PreviewRequest(checkedToken, checkedPolicy, checkedAmounts, release);
    }
}
