package io.walnut.ejb.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.ejb.shared.IllegalTransitionException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LinkMailTest {
    private final LinkMail mail = new LinkMail("lnk_1", new MailAddress("ana@example.org"), "tina", null);

    @Test
    void isGivenUpWhenItsAttemptsAreUsedUp() {
        for (Duration pause : LinkMail.PAUSES) {
            assertTrue(mail.attemptStarted());
            Instant before = Instant.now();
            mail.attemptFailed(MailFailure.MAIL_SERVER_UNREACHABLE);
            assertEquals(LinkMail.State.QUEUED, mail.state());
            assertFalse(mail.nextAttemptAt().isBefore(before.plus(pause)));
        }
        assertTrue(mail.attemptStarted());
        mail.attemptFailed(MailFailure.MAIL_SERVER_UNREACHABLE);
        assertEquals(LinkMail.State.FAILED, mail.state());
        assertEquals(LinkMail.PAUSES.size() + 1, mail.attempts());
        assertEquals(MailFailure.MAIL_SERVER_UNREACHABLE, mail.failure());
    }

    @Test
    void aRefusedRecipientOrALinkThatIsGoneEndsItAtOnce() {
        mail.attemptStarted();
        mail.attemptFailed(MailFailure.MAIL_ADDRESS_REFUSED);
        assertEquals(LinkMail.State.FAILED, mail.state());
        var late = new LinkMail("lnk_1", new MailAddress("ana@example.org"), "tina", null);
        late.attemptStarted();
        late.attemptFailed(MailFailure.LINK_NOT_READY);
        assertEquals(LinkMail.State.FAILED, late.state());
    }

    @Test
    void nobodyElseTakesItWhileAnAttemptIsUnderWay() {
        Instant before = Instant.now();
        mail.attemptStarted();
        assertFalse(mail.nextAttemptAt().isBefore(before.plus(LinkMail.LEASE)));
    }

    @Test
    void attemptsWithoutAnOutcomeCountAsAttempts() {
        for (int i = 0; i <= LinkMail.PAUSES.size(); i++) {
            assertTrue(mail.attemptStarted());
        }
        assertFalse(mail.attemptStarted());
        assertEquals(LinkMail.State.FAILED, mail.state());
        assertEquals(MailFailure.MAIL_OUTCOME_UNKNOWN, mail.failure());
    }

    @Test
    void whatIsSentStaysSent() {
        mail.attemptStarted();
        mail.attemptFailed(MailFailure.MAIL_REFUSED);
        mail.attemptStarted();
        mail.sent();
        assertNull(mail.failure());
        assertThrows(IllegalTransitionException.class, mail::attemptStarted);
        assertThrows(IllegalTransitionException.class, mail::sent);
        assertThrows(IllegalTransitionException.class, () -> mail.attemptFailed(MailFailure.MAIL_REFUSED));
    }
}
