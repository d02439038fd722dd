package io.walnut.ejb.relay;

import io.walnut.contracts.Address;
import io.walnut.ejb.shared.Refusal;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Claims in the database. */
@Stateless
public class ClaimStore {
    @PersistenceContext(unitName = "walnut")
    private EntityManager em;

    public void add(RelayedClaim claim) {
        em.persist(claim);
        em.flush();
    }

    /** @throws Refusal when there is none */
    public RelayedClaim get(String id) {
        RelayedClaim claim = em.find(RelayedClaim.class, id);
        if (claim == null) {
            throw Refusal.notFound("claim", id);
        }
        return claim;
    }

    public Optional<RelayedClaim> lock(String id) {
        return Optional.ofNullable(em.find(RelayedClaim.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** The claim of a note that is under way or settled. */
    public Optional<RelayedClaim> active(Address linkKey) {
        return em.createQuery("select c from RelayedClaim c where c.activeLinkKey = :key", RelayedClaim.class)
            .setParameter("key", linkKey).getResultStream().findFirst();
    }

    /** Held claims that are due and that no other node has taken. */
    public List<RelayedClaim> takeDue(Instant now, int limit) {
        return em.createQuery("select c from RelayedClaim c where c.state = SCHEDULED and c.dueAt <= :now"
                + " order by c.dueAt", RelayedClaim.class).setParameter("now", now).setMaxResults(limit)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE).setHint("jakarta.persistence.lock.timeout", -2)
            .getResultList();
    }

    /** The claims that went out in one transaction. */
    public List<RelayedClaim> lockBundle(String bundleId) {
        return em.createQuery("select c from RelayedClaim c where c.bundleId = :bundle order by c.id",
                RelayedClaim.class).setParameter("bundle", bundleId)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultList();
    }

    /** Claims of some notes that are not at their end. */
    public List<RelayedClaim> underWay(Collection<Address> linkKeys) {
        return em.createQuery("select c from RelayedClaim c where c.activeLinkKey in :keys"
                + " and c.state in (SCHEDULED, QUEUED, MINED)", RelayedClaim.class)
            .setParameter("keys", linkKeys).getResultList();
    }
}
