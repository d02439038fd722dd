package io.walnut.ejb.treasury;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The enclave's tasks in the database. */
@Stateless
public class EnclaveTasks {
    @PersistenceContext(unitName = "walnut")
    private EntityManager em;

    public void add(EnclaveTask task) {
        em.persist(task);
    }

    /** The last attempt for a deposit. */
    public Optional<EnclaveTask> latest(String depositId) {
        return em.createQuery("select t from EnclaveTask t where t.depositId = :deposit order by t.attempt desc",
            EnclaveTask.class).setParameter("deposit", depositId).setMaxResults(1).getResultStream().findFirst();
    }

    public Optional<EnclaveTask> find(String id) {
        return Optional.ofNullable(em.find(EnclaveTask.class, id));
    }

    /** The attempt before this one. */
    public Optional<EnclaveTask> previous(EnclaveTask task) {
        return em.createQuery("select t from EnclaveTask t where t.depositId = :deposit and t.attempt = :attempt",
            EnclaveTask.class).setParameter("deposit", task.depositId()).setParameter("attempt", task.attempt() - 1)
            .getResultStream().findFirst();
    }

    /** Tasks in a state that are due, locked; those that another node has are left out. */
    public List<EnclaveTask> takeDue(EnclaveTask.State state, int limit) {
        return em.createQuery("select t from EnclaveTask t where t.state = :state and t.nextStepAt <= :now"
                + " order by t.nextStepAt", EnclaveTask.class)
            .setParameter("state", state).setParameter("now", Instant.now()).setMaxResults(limit)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE).setHint("jakarta.persistence.lock.timeout", -2)
            .getResultList();
    }

    public long count(EnclaveTask.State state) {
        return em.createQuery("select count(t) from EnclaveTask t where t.state = :state", Long.class)
            .setParameter("state", state).getSingleResult();
    }

    public List<EnclaveTask> in(EnclaveTask.State state, int limit) {
        return em.createQuery("select t from EnclaveTask t where t.state = :state order by t.id", EnclaveTask.class)
            .setParameter("state", state).setMaxResults(limit).getResultList();
    }

    /** Deposits of approved batches that are final and were not asked for yet, locked. */
    public List<FundingDeposit> takeUnasked(int limit) {
        return em.createQuery("select d from FundingDeposit d where d.state = FINAL and exists (select 1 from Batch b"
                + " where b.id = d.batchId and b.approvedAt is not null and b.state <> CANCELLED) order by d.id", FundingDeposit.class)
            .setMaxResults(limit).setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .setHint("jakarta.persistence.lock.timeout", -2).getResultList();
    }
}
