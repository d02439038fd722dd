package io.walnut.ejb.treasury;

import io.walnut.ejb.link.PaymentLink;
import io.walnut.privacy.delay.RelayDelay;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * When unclaimed links are taken back after they have expired: each at a random time of its own. All of a batch at once,
 * at its expiry, would show which claims to the treasury belong together, and what the batch's deposit has left.
 */
@ApplicationScoped
public class ReclaimTimes {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    @ConfigProperty(name = "walnut.links.reclaim-mean-hours", defaultValue = "72")
    private long meanHours;
    @Inject
    @ConfigProperty(name = "walnut.links.reclaim-max-hours", defaultValue = "240")
    private long maxHours;

    /** @param releaseAt, expiresAt may be null */
    PaymentLink.Times times(Instant releaseAt, Instant expiresAt) {
        return new PaymentLink.Times(releaseAt, expiresAt, expiresAt == null ? null : expiresAt.plus(
            new RelayDelay(Duration.ofHours(meanHours), Duration.ofHours(maxHours)).sample(RANDOM)));
    }
}
