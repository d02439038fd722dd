package io.walnut.web.batch;

import io.walnut.ejb.treasury.BatchPayment;
import java.math.BigInteger;

/** A payment of a batch, as the API shows it. @param linkId null while the batch is a draft */
public record PaymentView(int index, String object, BigInteger amount, String reference, String email, String linkId) {
    static PaymentView of(BatchPayment payment) {
        return new PaymentView(payment.index(), "payment", payment.amount(), payment.reference(), payment.email(),
            payment.linkId());
    }
}
