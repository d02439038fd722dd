package io.walnut.ejb.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.walnut.contracts.Bytes32;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes down what happened, in the transaction in which it happens, and reads it back. */
@Stateless
public class Journal {
    /** Who acts when no person does. */
    public static final String SYSTEM = "system";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHAINED_AT_ONCE = 500;

    @PersistenceContext(unitName = "walnut")
    private EntityManager em;

    /** @param data small, flat, without secrets */
    public void record(String type, String actor, String subject, String batchId, Map<String, ?> data) {
        em.persist(new EventRecord(type, actor, subject, batchId, json(data)));
    }

    public void record(String type, String actor, String subject, String batchId) {
        record(type, actor, subject, batchId, Map.of());
    }

    /** Gives committed events their places in the chain. One node does so at a time; the others skip. */
    public int chain() {
        var heads = em.createQuery("select c from AuditChain c where c.name = :name", AuditChain.class)
            .setParameter("name", AuditChain.MAIN)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .setHint("jakarta.persistence.lock.timeout", -2)
            .getResultList();
        if (heads.isEmpty()) {
            return 0;
        }
        var waiting = em.createQuery("select e from EventRecord e where e.position is null order by e.id",
            EventRecord.class).setMaxResults(CHAINED_AT_ONCE).getResultList();
        waiting.forEach(heads.get(0)::append);
        return waiting.size();
    }

    /** Events in the order of the chain, after the place {@code after}. */
    public List<EventRecord> after(long after, int limit) {
        return em.createQuery("select e from EventRecord e where e.position > :after order by e.position",
            EventRecord.class).setParameter("after", after).setMaxResults(limit).getResultList();
    }

    /** The last place in the chain. */
    public long last() {
        return em.find(AuditChain.class, AuditChain.MAIN).position();
    }

    /** What happened to one object, oldest first. */
    public List<EventRecord> timeline(String subject) {
        return em.createQuery("select e from EventRecord e where e.subject = :subject order by e.id",
            EventRecord.class).setParameter("subject", subject).setMaxResults(200).getResultList();
    }

    /** The first place at which the chain does not hold; empty when every row is as it was written. */
    public Optional<Long> firstBroken() {
        Bytes32 previous = Bytes32.ZERO;
        long position = 0;
        List<EventRecord> rows;
        while (!(rows = after(position, CHAINED_AT_ONCE)).isEmpty()) {
            for (EventRecord row : rows) {
                if (row.position() != position + 1 || !row.hash().equals(row.hashAfter(previous))) {
                    return Optional.of(position + 1);
                }
                previous = row.hash();
                position = row.position();
            }
            em.clear();
        }
        return firstBroken(position, previous);
    }

    /**
     * The same after {@code position}, where the rows seemed to end. The head is read after them, and its row is changed
     * with theirs: what lies between was appended meanwhile, and belongs to it.
     */
    private Optional<Long> firstBroken(long position, Bytes32 hash) {
        AuditChain head = em.find(AuditChain.class, AuditChain.MAIN);
        long last = position;
        Bytes32 previous = hash;
        while (last < head.position()) {
            List<EventRecord> next = after(last, 1);
            if (next.isEmpty() || next.get(0).position() != last + 1
                || !next.get(0).hash().equals(next.get(0).hashAfter(previous))) {
                return Optional.of(last + 1);
            }
            previous = next.get(0).hash();
            last++;
        }
        return head.position() == last && head.hash().equals(previous) ? Optional.empty() : Optional.of(last + 1);
    }

    private static String json(Map<String, ?> data) {
        try {
            return JSON.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("event data is no flat map", e);
        }
    }
}
