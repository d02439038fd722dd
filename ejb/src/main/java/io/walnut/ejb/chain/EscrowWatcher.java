package io.walnut.ejb.chain;

import io.walnut.contracts.Bytes32;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes in the escrow's events. Two requests a look, whatever the number of open links. Blocks that are
 * not final are read anew each time, so that a reorganisation needs no bookkeeping: what is no longer
 * there is no longer reported.
 */
@Stateless
public class EscrowWatcher {
    @PersistenceContext(unitName = "walnut")
    private EntityManager em;
    @EJB
    private BrokenFinality broken;
    @Inject
    private EscrowChain chain;
    @Inject
    private EscrowSettings settings;
    @Inject
    private Event<EscrowNews> news;

    /** One look; does nothing while another node has its own. */
    public void look() {
        Optional<LogCursor> locked = lock();
        if (locked.isEmpty()) {
            return;
        }
        LogCursor cursor = locked.get();
        ChainNode.Sight sight = chain.look(Math.max(0, cursor.blockNumber()));
        ChainNode.Heights heights = sight.heights();
        cursor.saw(heights);
        if (cursor.isContradictedBy(sight.hash())) {
            broken.recover(cursor);
            return;
        }
        long from = cursor.blockNumber() + 1;
        long to = Math.min(heights.head(), cursor.blockNumber() + settings.logRange());
        if (to < from) {
            return;
        }
        long settledTo = Math.min(to, heights.finalized());
        boolean hashKnown = settledTo == heights.finalized() && sight.finalizedHash().isPresent();
        EscrowChain.Slice slice = chain.events(from, to, hashKnown || settledTo < from ? OptionalLong.empty()
            : OptionalLong.of(settledTo));
        Optional<Bytes32> hash = hashKnown ? sight.finalizedHash() : slice.hash();
        news.fire(new EscrowNews(
            slice.events().stream().filter(e -> e.blockNumber() <= settledTo).toList(),
            slice.events().stream().filter(e -> e.blockNumber() > settledTo).toList(),
            to == heights.head()));
        // Without the block's hash the node has lost it between two requests: the next look settles it.
        if (settledTo >= from && hash.isPresent()) {
            cursor.advance(settledTo, hash.get());
            broken.passed(settledTo, hash.get());
        }
    }

    /** Where the watch is; empty before the first look. */
    public Optional<LogCursor> position() {
        return Optional.ofNullable(em.find(LogCursor.class, LogCursor.ESCROW));
    }

    private Optional<LogCursor> lock() {
        var found = em.createQuery("select c from LogCursor c where c.name = :name", LogCursor.class)
            .setParameter("name", LogCursor.ESCROW)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .setHint("jakarta.persistence.lock.timeout", -2)
            .getResultList();
        if (!found.isEmpty()) {
            return Optional.of(found.get(0));
        }
        if (em.find(LogCursor.class, LogCursor.ESCROW) == null) {
            // Two nodes may both do so at the very first start; the primary key lets one through.
            em.persist(new LogCursor(settings.fromBlock()));
            em.flush();
        }
        return Optional.empty();
    }
}
