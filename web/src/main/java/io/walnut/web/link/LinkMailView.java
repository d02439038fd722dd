package io.walnut.web.link;

import io.walnut.ejb.mail.LinkMail;
import java.time.Instant;
import java.util.Locale;

/** A mail that carries a link, as the API shows it: never with the link. */
public record LinkMailView(String id, String object, String linkId, String email, String state, int attempts,
    String requestedBy, Instant createdAt) {
    static LinkMailView of(LinkMail mail) {
        return new LinkMailView(mail.id(), "link_mail", mail.linkId(), mail.recipient().value(),
            mail.state().name().toLowerCase(Locale.ROOT), mail.attempts(), mail.requestedBy(), mail.createdAt());
    }
}
