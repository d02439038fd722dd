package io.walnut.ejb.mail;

import io.walnut.ejb.audit.Journal;
import io.walnut.ejb.link.LinkStore;
import io.walnut.ejb.link.PaymentLink;
import io.walnut.ejb.shared.Refusal;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Mail that is to be sent, as rows: stored with the request for it, taken by one node at a time, and settled
 * with what became of it. Each step shows in the link's timeline.
 */
@Stateless
public class MailOutbox {
    @PersistenceContext(unitName = "walnut")
    private EntityManager em;
    @EJB
    private LinkStore links;
    @EJB
    private Journal journal;
    @Inject
    private MailSettings settings;

    /** A mail that this node may send now. @param attempt counted from 1; tells late outcomes apart */
    public record Taken(String id, String linkId, MailAddress recipient, int attempt) {
    }

    /**
     * Queues a ready link for {@code address}, or for its stored one; it is sent once the link is released. What already waits for the same address
     * is not queued twice.
     *
     * @param address may be null
     */
    public LinkMail enqueue(String linkId, MailAddress address, String by) {
        settings.require();
        PaymentLink link = links.lock(linkId);
        LetterWriter.requireReady(link);
        MailAddress recipient = address == null ? stored(link) : address;
        Optional<LinkMail> waiting = em.createQuery("select m from LinkMail m where m.linkId = :link"
                + " and m.recipient = :recipient and m.state = QUEUED", LinkMail.class)
            .setParameter("link", linkId).setParameter("recipient", recipient.value()).getResultStream().findFirst();
        if (waiting.isPresent()) {
            return waiting.get();
        }
        var mail = new LinkMail(linkId, recipient, by, link.releaseAt());
        em.persist(mail);
        record("link.mail_queued", by, mail);
        return mail;
    }

    private static MailAddress stored(PaymentLink link) {
        try {
            if (link.email() != null) {
                return new MailAddress(link.email());
            }
        } catch (IllegalArgumentException e) {
            // Batches take addresses more loosely; either way the caller has to name another.
        }
        throw Refusal.of(Refusal.Kind.UNPROCESSABLE, "mail_address_missing",
            "No mail address that can be used is stored with the link: give one as \"email\".");
    }

    /** The mail that is due first and that no other node has taken. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public Optional<Taken> take() {
        List<LinkMail> due = em.createQuery("select m from LinkMail m where m.state = QUEUED"
                + " and m.nextAttemptAt <= :now order by m.nextAttemptAt", LinkMail.class)
            .setParameter("now", Instant.now()).setMaxResults(1)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE).setHint("jakarta.persistence.lock.timeout", -2)
            .getResultList();
        if (due.isEmpty()) {
            return Optional.empty();
        }
        LinkMail mail = due.get(0);
        if (!mail.attemptStarted()) {
            record("link.mail_failed", Journal.SYSTEM, mail);
            return Optional.empty();
        }
        return Optional.of(new Taken(mail.id(), mail.linkId(), mail.recipient(), mail.attempts()));
    }

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void sent(Taken taken) {
        current(taken).ifPresent(mail -> {
            mail.sent();
            record("link.mailed", Journal.SYSTEM, mail);
        });
    }

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void failed(Taken taken, MailFailure reason) {
        current(taken).ifPresent(mail -> {
            mail.attemptFailed(reason);
            record(mail.state() == LinkMail.State.FAILED ? "link.mail_failed" : "link.mail_deferred",
                Journal.SYSTEM, mail);
        });
    }

    /** Empty when the lease ran out and another attempt decides. */
    private Optional<LinkMail> current(Taken taken) {
        LinkMail mail = em.find(LinkMail.class, taken.id(), LockModeType.PESSIMISTIC_WRITE);
        return Optional.of(mail).filter(m -> m.state() == LinkMail.State.QUEUED && m.attempts() == taken.attempt());
    }

    private void record(String type, String actor, LinkMail mail) {
        var data = new TreeMap<String, Object>(Map.of("mail", mail.id(), "to", mail.recipient().masked()));
        if (mail.attempts() > 0) {
            data.put("attempt", mail.attempts());
        }
        if (mail.failure() != null) {
            data.put("reason", mail.failure().code());
        }
        journal.record(type, actor, mail.linkId(), links.get(mail.linkId()).batchId(), data);
    }
}
