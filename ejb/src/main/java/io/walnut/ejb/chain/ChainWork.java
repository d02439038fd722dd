package io.walnut.ejb.chain;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.concurrent.atomic.AtomicReference;

/** One round of watching and sending, each step in its own transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ChainWork {
    private static final System.Logger LOG = System.getLogger(ChainWork.class.getName());
    /** The last trouble, so that a chain that stays away is logged once, not each second. */
    private static final AtomicReference<String> TROUBLE = new AtomicReference<>("");

    @EJB
    private EscrowWatcher watcher;
    @EJB
    private Outbox outbox;

    public void tick() {
        try {
            watcher.look();
            for (Sender sender : Sender.values()) {
                outbox.sign(sender);
                outbox.send(sender);
                outbox.watch(sender);
                outbox.bump(sender);
            }
            TROUBLE.set("");
        } catch (RuntimeException e) {
            String trouble = describe(e);
            if (!trouble.equals(TROUBLE.getAndSet(trouble))) {
                LOG.log(System.Logger.Level.WARNING, "The escrow''s chain: {0}; trying again", trouble);
            }
        }
    }

    private static String describe(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof RpcException)) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
