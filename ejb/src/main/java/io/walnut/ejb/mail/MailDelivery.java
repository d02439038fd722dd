package io.walnut.ejb.mail;

import io.walnut.ejb.shared.Refusal;
import io.walnut.ejb.shared.Troubles;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import java.util.Optional;

/**
 * Sends what waits, outside any transaction: the attempt is stored before, its outcome after. A portal that is
 * killed in between sends again when the lease is over, under the same Message-ID.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MailDelivery {
    private static final Troubles TROUBLES = new Troubles(MailDelivery.class);
    private static final int SENT_AT_ONCE = 20;

    @EJB
    private MailOutbox outbox;
    @EJB
    private LetterWriter letters;
    @Inject
    private MailSettings settings;

    public void deliver() {
        TROUBLES.guard("sending mail", this::sendDue);
    }

    private void sendDue() {
        if (!settings.isComplete()) {
            return;
        }
        for (int i = 0; i < SENT_AT_ONCE; i++) {
            Optional<MailOutbox.Taken> taken = outbox.take();
            if (taken.isEmpty()) {
                return;
            }
            send(taken.get());
        }
    }

    private void send(MailOutbox.Taken mail) {
        try {
            transmit(mail);
            outbox.sent(mail);
        } catch (MessagingException e) {
            outbox.failed(mail, MailFailure.of(e));
        } catch (Refusal e) {
            outbox.failed(mail, MailFailure.LINK_NOT_READY);
        } catch (RuntimeException e) {
            outbox.failed(mail, MailFailure.INTERNAL_ERROR);
            throw e;
        }
    }

    private void transmit(MailOutbox.Taken mail) throws MessagingException {
        var from = new InternetAddress(settings.from());
        String payer = from.getPersonal() == null ? from.getAddress() : from.getPersonal();
        Session session = settings.session();
        var message = new LinkMessage(session, mail.id(), from, letters.write(mail.linkId(), payer));
        var recipients = new InternetAddress[] {new InternetAddress(mail.recipient().value())};
        message.setRecipients(Message.RecipientType.TO, recipients);
        message.saveChanges();
        try (Transport transport = session.getTransport("smtp")) {
            settings.connect(transport);
            transport.sendMessage(message, recipients);
        }
    }
}
