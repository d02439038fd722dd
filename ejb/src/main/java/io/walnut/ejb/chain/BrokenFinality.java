package io.walnut.ejb.chain;

import io.walnut.contracts.Bytes32;
import io.walnut.ejb.audit.Journal;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done when blocks that were final are on the chain no more. That should not happen; where it does, the
 * watch goes back to the last block that is still there, what we had sent since is sent again, and people are told.
 */
@Stateless
public class BrokenFinality {
    public static final String CODE = "finality_broken";
    private static final System.Logger LOG = System.getLogger(BrokenFinality.class.getName());
    private static final long SPACING = 64;
    private static final int KEPT = 256;

    @PersistenceContext(unitName = "walnut")
    private EntityManager em;
    @EJB
    private Journal journal;
    @Inject
    private Chains chains;
    @Inject
    private EscrowSettings settings;
    @Inject
    private Event<FinalityBroken> events;

    /** Remembers a final block now and then. */
    public void passed(long block, Bytes32 hash) {
        List<LogCheckpoint> newest = checkpoints(KEPT + 1);
        if (newest.isEmpty() || block - newest.get(0).blockNumber() >= SPACING) {
            em.persist(new LogCheckpoint(block, hash));
            newest.stream().skip(KEPT).forEach(em::remove);
        }
    }

    /** Takes the cursor back to where the chain is still the one that it was. */
    public void recover(LogCursor cursor) {
        List<LogCheckpoint> known = checkpoints(KEPT);
        List<Optional<Bytes32>> now = chains.escrow().blockHashes(
            known.stream().map(LogCheckpoint::blockNumber).toList());
        long safe = settings.fromBlock() - 1;
        for (int i = known.size() - 1; i >= 0; i--) {
            if (now.get(i).equals(Optional.of(known.get(i).blockHash()))) {
                safe = known.get(i).blockNumber();
            } else {
                em.remove(known.get(i));
            }
        }
        int resent = sendAgain(safe);
        journal.record("chain." + CODE, Journal.SYSTEM, "escrow", null, Map.of("code", CODE,
            "was_at_block", cursor.blockNumber(), "back_to_block", safe, "transactions_sent_again", resent));
        LOG.log(System.Logger.Level.ERROR, "{0}: the final block {1} is not on the chain any more; watching again from"
            + " block {2}, {3} transactions are sent again", CODE, cursor.blockNumber(), safe, resent);
        cursor.goBack(safe);
        events.fire(new FinalityBroken(safe));
    }

    private int sendAgain(long safe) {
        List<Sender> senders = Arrays.stream(Sender.values()).filter(s -> chains.of(s) == chains.escrow()).toList();
        List<ChainTransaction> undone = em.createQuery("select t from ChainTransaction t where t.state in (SETTLED, REVERTED)"
            + " and t.blockNumber > :safe and t.sender in :senders", ChainTransaction.class)
            .setParameter("safe", safe).setParameter("senders", senders).getResultList();
        undone.forEach(ChainTransaction::unsettled);
        return undone.size();
    }

    private List<LogCheckpoint> checkpoints(int limit) {
        return em.createQuery("select c from LogCheckpoint c order by c.blockNumber desc", LogCheckpoint.class)
            .setMaxResults(limit).getResultList();
    }
}
