package io.walnut.web.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.contracts.Address;
import io.walnut.ejb.treasury.Batch;
import io.walnut.web.json.Json;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A batch, as the API shows it. @param deposits left out in lists */
public record BatchView(String id, String object, long version, String state, String title, Address token,
    BigInteger total, int paymentCount, String policy, boolean openings, String message, Instant releaseAt,
    Instant expiresAt, String createdBy, Instant createdAt, String submittedBy, Instant submittedAt, String approvedBy, Instant approvedAt,
    Failure failure, JsonNode metadata,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<DepositView> deposits) {
    /** @param message what happened and what to do */
    public record Failure(String code, String message) {
        static Failure of(String code, String message) {
            return code == null ? null : new Failure(code, message);
        }
    }

    static BatchView of(Batch batch, List<DepositView> deposits) {
        return new BatchView(batch.id(), "batch", batch.version(), batch.state().name().toLowerCase(Locale.ROOT),
            batch.title(), batch.token(), batch.total(), batch.paymentCount(),
            batch.policy().name().toLowerCase(Locale.ROOT), batch.openings(), batch.message(),
            batch.releaseAt(), batch.expiresAt(), batch.createdBy(), batch.createdAt(), batch.submittedBy(),
            batch.submittedAt(), batch.approvedBy(), batch.approvedAt(),
            Failure.of(batch.failureCode(), batch.failureMessage()), Json.tree(batch.metadata()), deposits);
    }
}
