package io.walnut.ejb.relay;

import io.walnut.contracts.Address;
import io.walnut.ejb.shared.Refusal;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
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

    /** Claims of some notes that are not at their end. */
    public List<RelayedClaim> underWay(Collection<Address> linkKeys) {
        return em.createQuery("select c from RelayedClaim c where c.activeLinkKey in :keys"
                + " and c.state in (QUEUED, MINED)", RelayedClaim.class)
            .setParameter("keys", linkKeys).getResultList();
    }
}
