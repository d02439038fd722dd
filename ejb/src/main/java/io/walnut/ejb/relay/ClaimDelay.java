package io.walnut.ejb.relay;

import io.walnut.ejb.shared.Refusal;
import io.walnut.privacy.delay.RelayDelay;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How long a claim is held, so that its time does not tell when its recipient came. Claims that are held fall due at
 * the ends of fixed windows, for all of a window to go out in one transaction.
 */
@ApplicationScoped
public class ClaimDelay {
    /** Left for sending, after the longest wait, before the claim runs out. */
    private static final Duration MARGIN_AT_ONCE = Duration.ofSeconds(30);
    private static final Duration MARGIN = Duration.ofMinutes(10);
    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    @ConfigProperty(name = "walnut.relayer.mean-delay-seconds", defaultValue = "86400")
    private long meanSeconds;
    @Inject
    @ConfigProperty(name = "walnut.relayer.advised-patience-seconds", defaultValue = "259200")
    private long advisedSeconds;
    @Inject
    @ConfigProperty(name = "walnut.relayer.max-patience-seconds", defaultValue = "604800")
    private long maxSeconds;
    @Inject
    @ConfigProperty(name = "walnut.relayer.batch-seconds", defaultValue = "300")
    private long windowSeconds;

    /** When a claim is sent, which nobody is told, and the latest time at which it can be, which its recipient is. */
    record Schedule(Instant dueAt, Instant payBy) {
    }

    public long maxPatienceSeconds() {
        return maxSeconds;
    }

    public long advisedPatienceSeconds() {
        return Math.min(advisedSeconds, maxSeconds);
    }

    /** @throws Refusal for more patience than is offered */
    void requireOffered(long patienceSeconds) {
        if (patienceSeconds < 0 || patienceSeconds > maxSeconds) {
            throw Refusal.invalid("patience_seconds", "must lie between 0 and " + maxSeconds);
        }
    }

    /** The seconds that a claim must be good for after now. */
    long secondsNeeded(long patienceSeconds) {
        return patienceSeconds + (patienceSeconds == 0 ? MARGIN_AT_ONCE : MARGIN).toSeconds();
    }

    Schedule draw(long patienceSeconds) {
        // As the database keeps it, so that the answer does not change.
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Duration patience = Duration.ofSeconds(patienceSeconds);
        Instant payBy = now.plus(patience);
        Instant drawn = now.plus(new RelayDelay(Duration.ofSeconds(meanSeconds), patience).sample(RANDOM));
        Instant atWindow = endOfWindow(drawn);
        return new Schedule(atWindow.isAfter(payBy) ? drawn : atWindow, payBy);
    }

    private Instant endOfWindow(Instant time) {
        long window = Math.max(1, windowSeconds);
        return Instant.ofEpochSecond(Math.ceilDiv(time.getEpochSecond() + 1, window) * window);
    }
}
