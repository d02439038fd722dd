package io.walnut.ejb.link;

import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;

@Singleton
@Startup
@DependsOn("Migrations")
public class LinkReleaseTimer {
    @EJB
    private LinkRelease release;

    @Schedule(second = "*/5", minute = "*", hour = "*", persistent = false)
    void release() {
        release.release();
    }
}
