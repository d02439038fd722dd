package io.walnut.ejb.audit;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Keccak;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Something that happened. Rows are only ever added; each gets its place in a chain of hashes shortly
 * after its transaction has committed, so that a row changed or taken out later shows.
 */
@Entity
@Table(name = "event_record")
public class EventRecord {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    private Long position;
    private Instant occurredAt;
    private String type;
    private String actor;
    private String subject;
    private String batchId;
    private String data;
    private Bytes32 hash;

    protected EventRecord() {
    }

    /** @param data a JSON object without secrets */
    EventRecord(String type, String actor, String subject, String batchId, String data) {
        this.occurredAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        this.type = type;
        this.actor = actor;
        this.subject = subject;
        this.batchId = batchId;
        this.data = data;
    }

    /** Gives the row its place after the one with the hash {@code previous}. */
    void chain(long position, Bytes32 previous) {
        if (this.position != null) {
            throw new IllegalStateException("event " + id + " has its place already");
        }
        this.position = position;
        this.hash = hashAfter(previous);
    }

    /** keccak(previous ‖ the row's fields, each closed by a line feed), which no field can hold. */
    public Bytes32 hashAfter(Bytes32 previous) {
        String fields = String.join("\n", Long.toString(position), occurredAt.toString(), type, actor, subject,
            batchId == null ? "" : batchId, data, "");
        return Keccak.hash(previous.bytes(), fields.getBytes(StandardCharsets.UTF_8));
    }

    /** Place in the chain, from 1; null until the row has one. */
    public Long position() {
        return position;
    }

    public Instant occurredAt() {
        return occurredAt;
    }

    public String type() {
        return type;
    }

    public String actor() {
        return actor;
    }

    public String subject() {
        return subject;
    }

    public String data() {
        return data;
    }

    public Bytes32 hash() {
        return hash;
    }
}
