package io.walnut.ejb.treasury;

import io.walnut.ejb.link.PaymentLink;
import java.math.BigInteger;

/**
 * One payment of a batch.
 *
 * @param index its place in the batch, from 0
 * @param reference, email may be null
 * @param linkId null while the batch is a draft
 */
public record BatchPayment(int index, BigInteger amount, String reference, String email, String linkId) {
    static BatchPayment of(int index, BatchRequest.Payment payment) {
        return new BatchPayment(index, payment.amount(), payment.reference(), payment.email(), null);
    }

    static BatchPayment of(PaymentLink link) {
        return new BatchPayment(link.position(), link.amount(), link.reference(), link.email(), link.id());
    }
}
