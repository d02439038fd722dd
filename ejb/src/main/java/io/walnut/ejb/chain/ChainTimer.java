package io.walnut.ejb.chain;

import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** Drives the watch and the outbox; every node has its own, and the rows' locks share the work. */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ChainTimer {
    @EJB
    private ChainWork work;

    @Schedule(second = "*", minute = "*", hour = "*", persistent = false)
    void tick() {
        work.tick();
    }
}
