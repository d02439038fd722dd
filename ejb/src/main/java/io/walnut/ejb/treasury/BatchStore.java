package io.walnut.ejb.treasury;

import io.walnut.contracts.Bytes32;
import io.walnut.ejb.link.LinkStore;
import io.walnut.ejb.shared.Page;
import io.walnut.ejb.shared.Refusal;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** Batches and their deposits in the database. */
@Stateless
public class BatchStore {
    @PersistenceContext(unitName = "walnut")
    private EntityManager em;
    @EJB
    private LinkStore links;

    /** @throws Refusal when there is none */
    public Batch get(String id) {
        Batch batch = em.find(Batch.class, id);
        if (batch == null) {
            throw Refusal.notFound("batch", id);
        }
        return batch;
    }

    /** The same, locked until the transaction ends. */
    public Batch lock(String id) {
        Batch batch = em.find(Batch.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (batch == null) {
            throw Refusal.notFound("batch", id);
        }
        return batch;
    }

    /** @param state null for all */
    public Page<Batch> list(Batch.State state, Page.Request page) {
        String where = (state == null ? "" : " and b.state = :state")
            + (page.startingAfter() == null ? "" : " and b.id < :after");
        var query = em.createQuery("select b from Batch b where 1 = 1" + where + " order by b.id desc", Batch.class)
            .setMaxResults(page.limit() + 1);
        if (state != null) {
            query.setParameter("state", state);
        }
        if (page.startingAfter() != null) {
            query.setParameter("after", page.startingAfter());
        }
        return Page.of(query.getResultList(), page.limit());
    }

    /** What a batch pays, in its order, after the payment at {@code after}: as the draft says, or its links. */
    public Page<BatchPayment> payments(String id, int after, int limit) {
        get(id);
        BatchDraft draft = em.find(BatchDraft.class, id);
        if (draft == null) {
            return Page.of(links.ofBatch(id, after, limit + 1).stream().map(BatchPayment::of).toList(), limit);
        }
        List<BatchRequest.Payment> payments = draft.payments();
        return Page.of(IntStream.range(0, payments.size()).filter(i -> i > after).limit(limit + 1)
            .mapToObj(i -> BatchPayment.of(i, payments.get(i))).toList(), limit);
    }

    public List<FundingDeposit> deposits(String batchId) {
        return em.createQuery("select d from FundingDeposit d where d.batchId = :batch order by d.position",
            FundingDeposit.class).setParameter("batch", batchId).getResultList();
    }

    public FundingDeposit deposit(String id) {
        return em.find(FundingDeposit.class, id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Those of the given deposits that are ours, by the escrow's ids. */
    public List<FundingDeposit> depositsByHash(Collection<Bytes32> hashes) {
        return hashes.isEmpty() ? List.of() : em.createQuery("select d from FundingDeposit d where d.hash in :hashes",
            FundingDeposit.class).setParameter("hashes", hashes).getResultList();
    }

    public List<FundingDeposit> depositsIn(FundingDeposit.State state, int limit) {
        return em.createQuery("select d from FundingDeposit d where d.state = :state order by d.id",
            FundingDeposit.class).setParameter("state", state).setMaxResults(limit).getResultList();
    }
}
