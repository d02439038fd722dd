package io.walnut.ejb.audit;

import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;

@Singleton
@Startup
@DependsOn("Migrations")
public class AuditTimer {
    @EJB
    private Journal journal;

    @Schedule(second = "*", minute = "*", hour = "*", persistent = false)
    void chain() {
        journal.chain();
    }
}
