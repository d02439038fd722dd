package io.walnut.ejb.privacy;

import io.walnut.ejb.shared.Troubles;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

@Singleton
@Startup
@DependsOn("Migrations")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PublicEventTimer {
    private static final Troubles TROUBLES = new Troubles(PublicEventTimer.class);
    private static final int MOST_ROUNDS = 50;

    @EJB
    private PublicEvents events;

    @Schedule(second = "*/30", minute = "*", hour = "*", persistent = false)
    void read() {
        TROUBLES.guard("reading public events", () -> {
            for (int round = 0; round < MOST_ROUNDS && events.readOn(); round++) {
                // Each round is a transaction of its own.
            }
        });
    }
}
