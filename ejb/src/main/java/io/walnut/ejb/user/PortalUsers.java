package io.walnut.ejb.user;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/** Who has called. */
@Stateless
public class PortalUsers {
    private static final int MOST = 1000;

    @PersistenceContext(unitName = "walnut")
    private EntityManager em;

    /** In a transaction of its own: two first calls at once may both add the row, and one then fails without harm. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void seen(String name, List<String> roles) {
        PortalUser user = em.find(PortalUser.class, name);
        if (user == null) {
            user = new PortalUser(name);
            user.seen(roles);
            em.persist(user);
        } else {
            user.seen(roles);
        }
    }

    /** Whoever came last stands first. */
    public List<PortalUser> list() {
        return em.createQuery("select u from PortalUser u order by u.lastSeen desc, u.name", PortalUser.class)
            .setMaxResults(MOST).getResultList();
    }
}
