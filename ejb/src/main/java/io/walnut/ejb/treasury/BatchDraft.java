package io.walnut.ejb.treasury;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;

/**
 * What a batch is to pay, for as long as it has no links: one document, because a draft is read and written as a whole
 * and most of what a link needs (keys, salts, a deposit) is nothing before somebody means it.
 */
@Entity
@Table(name = "batch_draft")
public class BatchDraft {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<BatchRequest.Payment>> PAYMENTS = new TypeReference<>() { };

    @Id
    private String batchId;
    /** A JSON array of {@link BatchRequest.Payment}. */
    private String payments;

    protected BatchDraft() {
    }

    BatchDraft(String batchId, List<BatchRequest.Payment> payments) {
        this.batchId = batchId;
        try {
            this.payments = JSON.writeValueAsString(payments);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("amounts and strings are always JSON", e);
        }
    }

    List<BatchRequest.Payment> payments() {
        try {
            return JSON.readValue(payments, PAYMENTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the draft of " + batchId + " is broken", e);
        }
    }
}
