package io.walnut.ejb.relay;

import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;

@Singleton
@Startup
@DependsOn("Migrations")
public class ExpiryTimer {
    @EJB
    private Reclaim reclaim;

    @Schedule(second = "*/5", minute = "*", hour = "*", persistent = false)
    void expire() {
        reclaim.expire();
    }
}
