package io.walnut.ejb.treasury;

import io.walnut.contracts.Address;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A batch that somebody wants; its parts have been checked.
 *
 * @param message what links say to their recipients, or null
 * @param releaseAt when links may be given out; null for as soon as they are ready
 * @param expiresAt null for links that do not expire
 */
public record BatchRequest(String title, Address token, Batch.Policy policy, boolean openings, String message,
    Instant releaseAt, Instant expiresAt, Map<String, String> metadata, List<Payment> payments) {
    /** The most payments in one batch. */
    public static final int MAX_PAYMENTS = 10_000;
    /** The name of a payment's amount in what is refused. */
    static final String AMOUNT = "payments[%d].amount";

    /** @param reference, email may be null */
    public record Payment(BigInteger amount, String reference, String email) {
    }

    public BatchRequest {
        metadata = Map.copyOf(metadata);
        payments = List.copyOf(payments);
    }

    List<BigInteger> amounts() {
        return payments.stream().map(Payment::amount).toList();
    }
}
