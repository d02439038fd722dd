package io.walnut.ejb.relay;

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
public class ClaimTimer {
    private static final Troubles TROUBLES = new Troubles(ClaimTimer.class);

    @EJB
    private ClaimDispatch dispatch;

    @Schedule(second = "*", minute = "*", hour = "*", persistent = false)
    void send() {
        TROUBLES.guard("sending held claims", dispatch::dispatch);
    }
}
