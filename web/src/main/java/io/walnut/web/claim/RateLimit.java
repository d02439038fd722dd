package io.walnut.web.claim;

import io.walnut.ejb.shared.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How many claims one address, and one link, may ask for. Each node counts for itself, in memory: a limit
 * that is some times too generous does no harm, because the chain pays a link once.
 */
@ApplicationScoped
public class RateLimit {
    private static final long WINDOW_NANOS = 60_000_000_000L;
    private static final int MOST_KEYS = 50_000;

    @Inject
    @ConfigProperty(name = "walnut.claims.per-minute-per-address", defaultValue = "120")
    private int perAddress;
    @Inject
    @ConfigProperty(name = "walnut.claims.per-minute-per-link", defaultValue = "20")
    private int perLink;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /** What is left of a limit, refilled evenly. */
    private static final class Bucket {
        private double left;
        private long at;

        Bucket(double left, long at) {
            this.left = left;
            this.at = at;
        }

        synchronized boolean take(int limit, long now) {
            left = Math.min(limit, left + (double) (now - at) * limit / WINDOW_NANOS);
            at = now;
            if (left < 1) {
                return false;
            }
            left--;
            return true;
        }

        synchronized boolean isOld(long now) {
            return now - at > WINDOW_NANOS;
        }
    }

    /** @throws Refusal when it was too often */
    void fromAddress(String address) {
        take("address " + address, perAddress);
    }

    /** @throws Refusal when it was too often */
    void forLink(String linkKey) {
        take("link " + linkKey, perLink);
    }

    private void take(String key, int limit) {
        long now = System.nanoTime();
        if (buckets.size() > MOST_KEYS) {
            forget(now);
        }
        if (!buckets.computeIfAbsent(key, k -> new Bucket(limit, now)).take(limit, now)) {
            throw Refusal.of(Refusal.Kind.TOO_MANY, "rate_limited",
                "That was too often: at most " + limit + " a minute. Wait a minute and try again.");
        }
    }

    private void forget(long now) {
        for (Iterator<Bucket> all = buckets.values().iterator(); all.hasNext();) {
            if (all.next().isOld(now)) {
                all.remove();
            }
        }
        if (buckets.size() > MOST_KEYS) {
            buckets.clear();
        }
    }
}
