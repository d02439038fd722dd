package io.walnut.web.settings;

import io.walnut.ejb.user.PortalUsers;
import io.walnut.web.Caller;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes down who calls, at most once in a while for each. */
@ApplicationScoped
public class UsersSeen {
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 10_000;

    @EJB
    private PortalUsers users;
    private final Map<Seen, Instant> written = new ConcurrentHashMap<>();

    private record Seen(String name, List<String> roles) {
    }

    void note(Caller caller) {
        var seen = new Seen(caller.name(), caller.roles());
        Instant now = Instant.now();
        Instant last = written.get(seen);
        if (last != null && last.plus(AGAIN_AFTER).isAfter(now)) {
            return;
        }
        if (written.size() >= MOST_REMEMBERED) {
            written.clear();
        }
        written.put(seen, now);
        try {
            users.seen(seen.name(), seen.roles());
        } catch (EJBException e) {
            // Another call of the same person was first, or the database is away, which the call itself will tell.
            written.remove(seen);
        }
    }
}
