package io.walnut.ejb.treasury;

import io.walnut.ejb.shared.Troubles;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** One round of asking the enclave, each step in its own transaction: a step that fails holds up no other. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EnclaveWork {
    private static final Troubles TROUBLES = new Troubles(EnclaveWork.class);

    @EJB
    private EnclaveRequests requests;
    @EJB
    private EnclaveResults results;

    public void tick() {
        TROUBLES.guard("making the result key", requests::makeResultKey);
        TROUBLES.guard("preparing iExec tasks", requests::prepare);
        TROUBLES.guard("storing secrets at the SMS", requests::storeSecrets);
        TROUBLES.guard("matching iExec orders", requests::match);
        TROUBLES.guard("watching iExec tasks", results::watch);
        TROUBLES.guard("collecting results", results::collect);
    }
}
