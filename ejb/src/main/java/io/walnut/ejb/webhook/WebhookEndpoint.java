package io.walnut.ejb.webhook;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.net.URI;
import java.time.Instant;

/** Somewhere that wants to be told of events. */
@Entity
@Table(name = "webhook_endpoint")
public class WebhookEndpoint {
    @Id
    private String id;
    @Version
    private long version;
    private String url;
    @Column(updatable = false)
    private byte[] sealedSecret;
    private long lastPosition;
    private String createdBy;
    private Instant createdAt;

    protected WebhookEndpoint() {
    }

    WebhookEndpoint(String id, URI url, byte[] sealedSecret, long lastPosition, String by) {
        this.id = id;
        this.url = url.toString();
        this.sealedSecret = sealedSecret.clone();
        this.lastPosition = lastPosition;
        this.createdBy = by;
        this.createdAt = Instant.now();
    }

    /** Deliveries up to this place in the audit chain have been planned. */
    void planned(long position) {
        if (position < lastPosition) {
            throw new IllegalArgumentException("the plan only goes forward; a replay plans by itself");
        }
        lastPosition = position;
    }

    byte[] sealedSecret() {
        return sealedSecret.clone();
    }

    long lastPosition() {
        return lastPosition;
    }

    public String id() {
        return id;
    }

    public URI url() {
        return URI.create(url);
    }

    public String createdBy() {
        return createdBy;
    }

    public Instant createdAt() {
        return createdAt;
    }
}
