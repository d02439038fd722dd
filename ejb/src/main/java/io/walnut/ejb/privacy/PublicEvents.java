package io.walnut.ejb.privacy;

import io.walnut.contracts.Address;
import io.walnut.ejb.chain.EscrowSettings;
import io.walnut.ejb.chain.EscrowWatcher;
import io.walnut.ejb.chain.FinalityBroken;
import io.walnut.ejb.chain.LogCursor;
import io.walnut.ejb.chain.PublicLog;
import io.walnut.ejb.chain.PublicLogs;
import io.walnut.ejb.chain.Redemption;
import io.walnut.ejb.chain.SenderKeys;
import io.walnut.ejb.chain.Sender;
import io.walnut.privacy.chain.PublicChain;
import io.walnut.privacy.chain.PublicChainReader;
import io.walnut.privacy.estimate.Totals;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What everybody can read of the escrow, kept in rows, so that the chain is asked for each block once. */
@Stateless
public class PublicEvents {
    /** Older deposits and claims say nothing of a claim made now. */
    private static final Duration WINDOW = Duration.ofDays(80);
    /** Bounds time and memory of an estimate; the newest count. */
    private static final int MOST_EVENTS = 5_000;

    @PersistenceContext(unitName = "walnut")
    private EntityManager em;
    @EJB
    private EscrowWatcher watcher;
    @Inject
    private PublicLogs logs;
    @Inject
    private EscrowSettings settings;
    @Inject
    private SenderKeys keys;

    /**
     * Keeps the events of the next blocks that are final; one request when there are none.
     *
     * @return whether there are more blocks to read
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean readOn() {
        Optional<PublicCursor> locked = lock();
        Optional<LogCursor> seen = watcher.position();
        if (locked.isEmpty() || seen.isEmpty()) {
            return false;
        }
        PublicCursor cursor = locked.get();
        long from = cursor.blockNumber() + 1;
        long to = Math.min(seen.get().finalized(), cursor.blockNumber() + settings.logRange());
        if (to < from) {
            return false;
        }
        for (PublicLog log : logs.read(from, to)) {
            em.persist(new PublicEvent(log));
        }
        cursor.advance(to);
        return to < seen.get().finalized();
    }

    /** Forgets what was in blocks that are not on the chain any more; the timer reads on from there. */
    public void forget(@Observes FinalityBroken news) {
        PublicCursor cursor = em.find(PublicCursor.class, PublicCursor.ESCROW, LockModeType.PESSIMISTIC_WRITE);
        if (cursor != null) {
            em.createQuery("delete from PublicEvent e where e.blockNumber > :safe")
                .setParameter("safe", news.safeBlock()).executeUpdate();
            cursor.goBack(news.safeBlock());
        }
    }

    /** The last block whose events are kept; before the first one −1. */
    public long asOfBlock() {
        PublicCursor cursor = em.find(PublicCursor.class, PublicCursor.ESCROW);
        return cursor == null ? -1 : cursor.blockNumber();
    }

    /** One token's events of the last weeks. */
    public PublicChain recent(Address token, Instant now) {
        List<PublicEvent> newest = em.createQuery("select e from PublicEvent e where e.token = :token"
                + " and e.occurredAt > :since order by e.occurredAt desc", PublicEvent.class)
            .setParameter("token", token).setParameter("since", now.minus(WINDOW)).setMaxResults(MOST_EVENTS)
            .getResultList();
        var reader = new PublicChainReader(keys.address(Sender.RELAYER).map(Set::of).orElse(Set.of()));
        newest.forEach(event -> event.addTo(reader));
        em.clear();
        return reader.chain(List.of());
    }

    /** How a note was paid, as far as the kept blocks tell; all of them are final. */
    public Optional<Redemption> redemption(Address linkKey) {
        return em.createQuery("select e from PublicEvent e where e.linkKey = :key", PublicEvent.class)
            .setParameter("key", linkKey).getResultStream().findFirst().map(PublicEvent::redemption);
    }

    /** One token's escrow since its beginning. */
    public Totals totals(Address token) {
        BigInteger[] sums = {BigInteger.ZERO, BigInteger.ZERO};
        long[] counts = new long[2];
        for (Object[] row : em.createQuery("select e.kind, sum(e.amount), count(e) from PublicEvent e"
            + " where e.token = :token group by e.kind", Object[].class).setParameter("token", token).getResultList()) {
            int side = row[0] == PublicEvent.Kind.DEPOSITED ? 0 : 1;
            sums[side] = sums[side].add(whole((Number) row[1]));
            counts[side] += ((Number) row[2]).longValue();
        }
        return new Totals(sums[0], sums[1], counts[0], counts[1]);
    }

    /** Databases sum whole numbers in types of their own. */
    private static BigInteger whole(Number sum) {
        return sum instanceof BigInteger exact ? exact : new BigDecimal(sum.toString()).toBigIntegerExact();
    }

    private Optional<PublicCursor> lock() {
        var found = em.createQuery("select c from PublicCursor c where c.name = :name", PublicCursor.class)
            .setParameter("name", PublicCursor.ESCROW).setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .setHint("jakarta.persistence.lock.timeout", -2).getResultList();
        if (!found.isEmpty()) {
            return Optional.of(found.get(0));
        }
        if (em.find(PublicCursor.class, PublicCursor.ESCROW) == null) {
            em.persist(new PublicCursor(settings.fromBlock()));
            em.flush();
        }
        return Optional.empty();
    }
}
