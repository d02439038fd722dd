package io.walnut.ejb.mail;

import io.walnut.ejb.shared.Ids;
import io.walnut.ejb.shared.IllegalTransitionException;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One link on its way to one mail address: queued → sent, or failed. It says that a mail is to be sent, and
 * never what is in it: the link is put together anew at each attempt.
 */
@Entity
@Table(name = "link_mail")
public class LinkMail {
    public enum State { QUEUED, SENT, FAILED }

    /** The pauses after each failed attempt but the last. */
    static final List<Duration> PAUSES = List.of(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(5),
        Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(6));
    /** Longer than one attempt can take; after it, an attempt without an outcome counts as failed. */
    static final Duration LEASE = Duration.ofMinutes(5);

    @Id
    private String id;
    @Version
    private long version;
    private String linkId;
    private String recipient;
    @Enumerated(EnumType.STRING)
    private State state;
    private int attempts;
    @Enumerated(EnumType.STRING)
    private MailFailure failure;
    private String requestedBy;
    private Instant createdAt;
    private Instant nextAttemptAt;
    private Instant settledAt;

    protected LinkMail() {
    }

    /** @param notBefore when it is sent at the earliest; null for now */
    LinkMail(String linkId, MailAddress recipient, String by, Instant notBefore) {
        this.id = Ids.next("mail");
        this.linkId = linkId;
        this.recipient = recipient.value();
        this.state = State.QUEUED;
        this.requestedBy = by;
        this.createdAt = Instant.now();
        this.nextAttemptAt = notBefore == null || notBefore.isBefore(createdAt) ? createdAt : notBefore;
    }

    /** Leaves the mail to one node until the lease is over. False when the last attempt was the last one. */
    boolean attemptStarted() {
        require("be sent");
        if (attempts > PAUSES.size()) {
            settle(State.FAILED, MailFailure.MAIL_OUTCOME_UNKNOWN);
            return false;
        }
        attempts++;
        nextAttemptAt = Instant.now().plus(LEASE);
        return true;
    }

    /** The mail server has taken it. */
    void sent() {
        require("be taken by the mail server");
        settle(State.SENT, null);
    }

    /** Tried again later, unless that cannot help or the attempts are used up. */
    void attemptFailed(MailFailure reason) {
        require("have an attempt fail");
        if (reason.isLast() || attempts > PAUSES.size()) {
            settle(State.FAILED, reason);
        } else {
            failure = reason;
            nextAttemptAt = Instant.now().plus(PAUSES.get(attempts - 1));
        }
    }

    private void settle(State end, MailFailure reason) {
        state = end;
        failure = reason;
        settledAt = Instant.now();
    }

    private void require(String transition) {
        if (state != State.QUEUED) {
            throw new IllegalTransitionException("mail", id, state, transition);
        }
    }

    public String id() {
        return id;
    }

    public String linkId() {
        return linkId;
    }

    public MailAddress recipient() {
        return new MailAddress(recipient);
    }

    public State state() {
        return state;
    }

    /** How often it was tried. */
    public int attempts() {
        return attempts;
    }

    /** Why the last attempt failed; null when none did, and once it is sent. */
    public MailFailure failure() {
        return failure;
    }

    public String requestedBy() {
        return requestedBy;
    }

    public Instant createdAt() {
        return createdAt;
    }

    Instant nextAttemptAt() {
        return nextAttemptAt;
    }

    /** When it was sent or given up; null before. */
    public Instant settledAt() {
        return settledAt;
    }
}
