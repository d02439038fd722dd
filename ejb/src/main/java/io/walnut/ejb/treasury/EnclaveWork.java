package io.walnut.ejb.treasury;

import io.walnut.ejb.shared.Troubles;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.function.BooleanSupplier;

/** One round of asking the enclave, each step in its own transaction: a step that fails holds up no other. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EnclaveWork {
    private static final Troubles TROUBLES = new Troubles(EnclaveWork.class);

    /** As many as a batch of 10,000 payments has: other work of the tick waits meanwhile. */
    private static final int AT_ONCE = 20;

    @EJB
    private EnclaveRequests requests;
    @EJB
    private EnclaveResults results;

    public void tick() {
        TROUBLES.guard("making the result key", requests::makeResultKey);
        TROUBLES.guard("preparing iExec tasks", requests::prepare);
        TROUBLES.guard("storing secrets at the SMS", () -> several(requests::storeSecrets));
        TROUBLES.guard("matching iExec orders", () -> several(requests::match));
        TROUBLES.guard("watching iExec tasks", results::watch);
        TROUBLES.guard("collecting results", () -> several(results::collect));
    }

    /** One after the other, each in its own transaction, until none is due. */
    private static void several(BooleanSupplier step) {
        for (int i = 0; i < AT_ONCE && step.getAsBoolean(); i++) {
            // The step is all there is to do.
        }
    }
}
