package io.walnut.ejb.chain;

import io.walnut.ejb.shared.Troubles;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** One round of watching and sending, each step in its own transaction: a step that fails holds up no other. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ChainWork {
    private static final Troubles TROUBLES = new Troubles(ChainWork.class);

    @EJB
    private EscrowWatcher watcher;
    @EJB
    private Outbox outbox;

    public void tick() {
        TROUBLES.guard("watching the escrow", watcher::look);
        for (Sender sender : Sender.values()) {
            TROUBLES.guard("signing for the " + sender, () -> outbox.sign(sender));
            TROUBLES.guard("sending for the " + sender, () -> outbox.send(sender));
            TROUBLES.guard("following transactions of the " + sender, () -> outbox.watch(sender));
            TROUBLES.guard("replacing transactions of the " + sender, () -> outbox.bump(sender));
        }
    }
}
