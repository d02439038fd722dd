package io.walnut.ejb.link;

import io.walnut.contracts.Address;
import io.walnut.ejb.shared.Page;
import io.walnut.ejb.shared.Refusal;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Links and their notes in the database. */
@Stateless
public class LinkStore {
    @PersistenceContext(unitName = "walnut")
    private EntityManager em;

    /** Which links a list holds; null in any place means all. @param query part of reference or e-mail */
    public record Filter(String batchId, PaymentLink.State state, String query) {
    }

    public void add(PaymentLink link) {
        em.persist(link);
    }

    public void add(LinkNote note) {
        em.persist(note);
    }

    /** @throws Refusal when there is none */
    public PaymentLink get(String id) {
        PaymentLink link = em.find(PaymentLink.class, id);
        if (link == null) {
            throw Refusal.notFound("link", id);
        }
        return link;
    }

    /** The same, locked until the transaction ends. */
    public PaymentLink lock(String id) {
        PaymentLink link = em.find(PaymentLink.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (link == null) {
            throw Refusal.notFound("link", id);
        }
        return link;
    }

    /** Some links, locked until the transaction ends; always in the same order, so that two nodes do not block each other. */
    public List<PaymentLink> lockAll(Collection<String> ids) {
        return ids.isEmpty() ? List.of() : em.createQuery("select l from PaymentLink l where l.id in :ids order by l.id",
            PaymentLink.class).setParameter("ids", ids).setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultList();
    }

    /** A note of the newest link that can be or was claimed. */
    public Optional<LinkNote> newestSignedNote() {
        return em.createQuery("select l.id from PaymentLink l where l.state in :signed order by l.id desc", String.class)
            .setParameter("signed", List.of(PaymentLink.State.READY, PaymentLink.State.CLAIM_PENDING,
                PaymentLink.State.CLAIMED)).setMaxResults(1).getResultStream().findFirst()
            .map(id -> notesOfLink(id).get(0));
    }

    public Page<PaymentLink> list(Filter filter, Page.Request page) {
        var where = new StringBuilder("select l from PaymentLink l where 1 = 1");
        if (filter.batchId() != null) {
            where.append(" and l.batchId = :batch");
        }
        if (filter.state() != null) {
            where.append(" and l.state = :state");
        }
        if (filter.query() != null) {
            where.append(" and (lower(l.reference) like :query escape '!' or lower(l.email) like :query escape '!')");
        }
        if (page.startingAfter() != null) {
            where.append(" and l.id < :after");
        }
        var query = em.createQuery(where.append(" order by l.id desc").toString(), PaymentLink.class)
            .setMaxResults(page.limit() + 1);
        if (filter.batchId() != null) {
            query.setParameter("batch", filter.batchId());
        }
        if (filter.state() != null) {
            query.setParameter("state", filter.state());
        }
        if (filter.query() != null) {
            query.setParameter("query", '%' + filter.query().toLowerCase(Locale.ROOT).replace("!", "!!")
                .replace("%", "!%").replace("_", "!_") + '%');
        }
        if (page.startingAfter() != null) {
            query.setParameter("after", page.startingAfter());
        }
        return Page.of(query.getResultList(), page.limit());
    }

    public List<PaymentLink> ofDeposit(String depositId) {
        return em.createQuery("select l from PaymentLink l where l.depositId = :deposit order by l.position",
            PaymentLink.class).setParameter("deposit", depositId).getResultList();
    }

    public List<PaymentLink> ofBatch(String batchId) {
        return em.createQuery("select l from PaymentLink l where l.batchId = :batch order by l.position",
            PaymentLink.class).setParameter("batch", batchId).getResultList();
    }

    /** Those after the one at {@code position}, in the batch's order. */
    public List<PaymentLink> ofBatch(String batchId, int position, int limit) {
        return em.createQuery("select l from PaymentLink l where l.batchId = :batch and l.position > :position"
            + " order by l.position", PaymentLink.class).setParameter("batch", batchId)
            .setParameter("position", position).setMaxResults(limit).getResultList();
    }

    /** The notes behind one root, in the order of the enclave's request. */
    public List<LinkNote> notesOfDeposit(String depositId) {
        return em.createQuery("select n from LinkNote n where n.depositId = :deposit order by n.positionInDeposit",
            LinkNote.class).setParameter("deposit", depositId).getResultList();
    }

    public List<LinkNote> notesOfLink(String linkId) {
        return em.createQuery("select n from LinkNote n where n.linkId = :link order by n.positionInLink",
            LinkNote.class).setParameter("link", linkId).getResultList();
    }

    /** The notes of each of some links. */
    public Map<String, List<LinkNote>> notesOfLinks(Collection<String> linkIds) {
        return linkIds.isEmpty() ? Map.of() : em.createQuery("select n from LinkNote n where n.linkId in :links",
            LinkNote.class).setParameter("links", linkIds).getResultStream()
            .collect(Collectors.groupingBy(LinkNote::linkId));
    }

    public Optional<LinkNote> note(Address linkKey) {
        return Optional.ofNullable(em.find(LinkNote.class, linkKey.hex()));
    }

    /** Those of the given notes that are ours. */
    public List<LinkNote> notes(Collection<Address> linkKeys) {
        return linkKeys.isEmpty() ? List.of() : em.createQuery("select n from LinkNote n where n.linkKey in :keys",
            LinkNote.class).setParameter("keys", linkKeys.stream().map(Address::hex).toList()).getResultList();
    }

    /** Links whose time to be given out has come. */
    public List<PaymentLink> takeReleasable(Instant now, int limit) {
        return em.createQuery("select l from PaymentLink l where l.released = false and l.releaseAt <= :now"
                + " order by l.releaseAt", PaymentLink.class).setParameter("now", now).setMaxResults(limit)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE).setHint("jakarta.persistence.lock.timeout", -2)
            .getResultList();
    }

    /** Ready links that are to be taken back now. */
    public List<PaymentLink> takeExpired(int limit) {
        return em.createQuery("select l from PaymentLink l where l.state = READY and l.reclaimAt <= current_timestamp"
                + " order by l.reclaimAt", PaymentLink.class).setMaxResults(limit)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE).setHint("jakarta.persistence.lock.timeout", -2)
            .getResultList();
    }
}
