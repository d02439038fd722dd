package io.walnut.ejb.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Date;

/** A letter as text and HTML, with the same Message-ID at each attempt. */
final class LinkMessage extends MimeMessage {
    private final String messageId;

    LinkMessage(Session session, String id, InternetAddress from, Letter letter) throws MessagingException {
        super(session);
        String address = from.getAddress();
        this.messageId = '<' + id + address.substring(address.indexOf('@')) + '>';
        setFrom(from);
        setSubject(letter.subject(), "UTF-8");
        setSentDate(new Date());
        // RFC 3834: nobody's holiday notice shall answer.
        setHeader("Auto-Submitted", "auto-generated");
        var text = new MimeBodyPart();
        text.setText(letter.text(), "UTF-8");
        var html = new MimeBodyPart();
        html.setText(letter.html(), "UTF-8", "html");
        setContent(new MimeMultipart("alternative", text, html));
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }
}
