package io.walnut.ejb.idempotency;

import io.walnut.contracts.Bytes32;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** A request that was carried out, and its answer; kept in the transaction that carried it out. */
@Entity
@Table(name = "idempotent_request")
public class IdempotentRequest {
    @EmbeddedId
    private Key key;
    private Bytes32 fingerprint;
    private Integer status;
    private String body;
    private Instant createdAt;

    protected IdempotentRequest() {
    }

    /** Whose key it is, and the key. */
    @Embeddable
    public record Key(String principal, String requestKey) implements Serializable {
    }

    IdempotentRequest(Key key, Bytes32 fingerprint) {
        this.key = key;
        this.fingerprint = fingerprint;
        this.createdAt = Instant.now();
    }

    void answered(Answer answer) {
        if (status != null) {
            throw new IllegalStateException("a request is answered once");
        }
        status = answer.status();
        body = answer.body();
    }

    Bytes32 fingerprint() {
        return fingerprint;
    }

    Answer answer() {
        return new Answer(status, body);
    }

    /** @param status of HTTP @param body JSON */
    public record Answer(int status, String body) {
    }
}
