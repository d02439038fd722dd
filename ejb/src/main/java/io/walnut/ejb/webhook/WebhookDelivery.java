package io.walnut.ejb.webhook;

import io.walnut.ejb.shared.Ids;
import io.walnut.ejb.shared.IllegalTransitionException;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One event on its way to one endpoint: pending → delivered, or failed after the last retry. */
@Entity
@Table(name = "webhook_delivery")
public class WebhookDelivery {
    public enum State { PENDING, DELIVERED, FAILED }

    /** The pauses that the Standard Webhooks specification proposes. */
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(5), Duration.ofMinutes(5),
        Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(5), Duration.ofHours(10), Duration.ofHours(14),
        Duration.ofHours(20), Duration.ofHours(24));

    @Id
    private String id;
    @Version
    private long version;
    private String endpointId;
    private long eventPosition;
    @Enumerated(EnumType.STRING)
    private State state;
    private int attempts;
    private String lastAnswer;
    private Instant nextAttemptAt;

    protected WebhookDelivery() {
    }

    WebhookDelivery(String endpointId, long eventPosition) {
        this.id = Ids.next("whd");
        this.endpointId = endpointId;
        this.eventPosition = eventPosition;
        this.state = State.PENDING;
        this.nextAttemptAt = Instant.now();
    }

    void delivered(String answer) {
        require(state == State.PENDING, "be delivered");
        state = State.DELIVERED;
        attempts++;
        lastAnswer = answer;
    }

    /** Tried again later, until the retries are used up. */
    void refused(String answer) {
        require(state == State.PENDING, "be refused");
        lastAnswer = answer;
        if (attempts == PAUSES.size()) {
            state = State.FAILED;
        } else {
            nextAttemptAt = Instant.now().plus(PAUSES.get(attempts));
        }
        attempts++;
    }

    /** Sent once more, whatever became of it. */
    void replay() {
        state = State.PENDING;
        attempts = 0;
        nextAttemptAt = Instant.now();
    }

    private void require(boolean allowed, String transition) {
        if (!allowed) {
            throw new IllegalTransitionException("delivery", id, state, transition);
        }
    }

    String endpointId() {
        return endpointId;
    }

    long eventPosition() {
        return eventPosition;
    }

    public State state() {
        return state;
    }

    public int attempts() {
        return attempts;
    }
}
