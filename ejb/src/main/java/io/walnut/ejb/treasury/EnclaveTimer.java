package io.walnut.ejb.treasury;

import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** Drives the enclave's tasks; every node has its own, and the rows' locks share the work. */
@Singleton
@Startup
@DependsOn("SealCheck")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EnclaveTimer {
    @EJB
    private EnclaveWork work;

    @Schedule(second = "*", minute = "*", hour = "*", persistent = false)
    void tick() {
        work.tick();
    }
}
