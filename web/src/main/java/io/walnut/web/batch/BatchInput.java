package io.walnut.web.batch;

import io.walnut.contracts.Address;
import io.walnut.contracts.LinkWords;
import io.walnut.ejb.treasury.Batch;
import io.walnut.ejb.treasury.BatchRequest;
import io.walnut.web.Inputs;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The body of {@code POST /batches}, as it was sent.
 *
 * @param policy exact or standard
 * @param openings whether links carry what is needed to exit without the enclave
 * @param releaseAt when links may be given out
 * @param message what links say to their recipients: text without line breaks, at most 500 bytes of UTF-8
 */
public record BatchInput(String title, String token, String policy, Boolean openings, String message,
    String releaseAt, String expiresAt, Map<String, String> metadata, List<PaymentInput> payments) {
    private static final Duration LONGEST_LEAD = Duration.ofDays(60);
    private static final int MAX_TITLE = 200;
    private static final int MAX_TEXT = 200;
    private static final int MAX_EMAIL = 320;
    private static final int MAX_METADATA = 20;

    /** @param amount in the token's smallest unit */
    public record PaymentInput(String amount, String reference, String email) {
    }

    /** What is asked for, checked. @throws io.walnut.ejb.shared.Refusal naming every fault */
    public BatchRequest checked() {
        var inputs = new Inputs();
        String checkedTitle = inputs.required("title", title, MAX_TITLE);
        Address checkedToken = token == null ? Address.ZERO : inputs.address("token", token);
        Batch.Policy checkedPolicy = inputs.oneOf("policy", Batch.Policy.class, policy, Batch.Policy.EXACT);
        Instant expiry = inputs.time("expires_at", expiresAt);
        if (expiry != null && expiry.isBefore(Instant.now())) {
            inputs.fault("expires_at", "must lie in the future");
        }
        Instant release = inputs.time("release_at", releaseAt);
        if (release != null && expiry != null && !release.isBefore(expiry)) {
            inputs.fault("release_at", "must lie before expires_at");
        }
        if (release != null && release.isAfter(Instant.now().plus(LONGEST_LEAD))) {
            inputs.fault("release_at", "must lie within " + LONGEST_LEAD.toDays() + " days");
        }
        String checkedMessage = checkMessage(inputs);
        checkMetadata(inputs);
        List<BatchRequest.Payment> checkedPayments = checkPayments(inputs);
        inputs.refuseIfFaulty();
        return new BatchRequest(checkedTitle, checkedToken, checkedPolicy, Boolean.TRUE.equals(openings),
            checkedMessage, release, expiry, metadata == null ? Map.of() : metadata, checkedPayments);
    }

    private String checkMessage(Inputs inputs) {
        if (message == null || message.isBlank()) {
            return null;
        }
        if (!LinkWords.isPlain(message)
            || message.getBytes(StandardCharsets.UTF_8).length > LinkWords.MAX_MESSAGE) {
            inputs.fault("message", "must have at most " + LinkWords.MAX_MESSAGE
                + " bytes of UTF-8, without line breaks and control characters");
        }
        return message.strip();
    }

    private void checkMetadata(Inputs inputs) {
        if (metadata == null) {
            return;
        }
        if (metadata.size() > MAX_METADATA) {
            inputs.fault("metadata", "must have at most " + MAX_METADATA + " entries");
        }
        metadata.forEach((key, value) -> {
            inputs.required("metadata." + key, value, MAX_TEXT);
            inputs.required("metadata", key, MAX_TEXT / 5);
        });
    }

    private List<BatchRequest.Payment> checkPayments(Inputs inputs) {
        var checked = new ArrayList<BatchRequest.Payment>();
        if (payments == null || payments.isEmpty() || payments.size() > BatchRequest.MAX_PAYMENTS) {
            inputs.fault("payments", "must have 1 to " + BatchRequest.MAX_PAYMENTS + " entries");
            return checked;
        }
        for (int i = 0; i < payments.size(); i++) {
            String field = "payments[" + i + "]";
            PaymentInput payment = payments.get(i);
            if (payment == null) {
                inputs.fault(field, "is required");
                continue;
            }
            BigInteger amount = inputs.amount(field + ".amount", payment.amount());
            String email = inputs.optional(field + ".email", payment.email(), MAX_EMAIL);
            if (email != null && !email.matches("[^@\\s]+@[^@\\s]+")) {
                inputs.fault(field + ".email", "is no e-mail address");
            }
            checked.add(new BatchRequest.Payment(amount,
                inputs.optional(field + ".reference", payment.reference(), MAX_TEXT), email));
        }
        return checked;
    }
}
