package io.walnut.ejb.mail;

import io.walnut.ejb.shared.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Through which server mail is sent, and what its links begin with. The server's mail subsystem reads the same
 * {@code walnut.mail.*} settings; the session is looked up, so that the portal also starts where it is absent.
 */
@ApplicationScoped
public class MailSettings {
    private static final String SESSION = "java:jboss/mail/walnut";

    @Inject
    @ConfigProperty(name = "walnut.mail.host")
    private Optional<String> host;
    @Inject
    @ConfigProperty(name = "walnut.mail.from")
    private Optional<String> from;
    @Inject
    @ConfigProperty(name = "walnut.mail.user")
    private Optional<String> user;
    @Inject
    @ConfigProperty(name = "walnut.mail.password")
    private Optional<String> password;
    @Inject
    @ConfigProperty(name = "walnut.portal.url")
    private Optional<String> portal;

    /** @throws Refusal that names what has to be set before mail can be sent */
    void require() {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            throw Refusal.of(Refusal.Kind.UNPROCESSABLE, "mail_not_configured",
                "The portal cannot send mail yet: set " + String.join(", ", missing) + '.');
        }
    }

    /** Whether mail can be sent. */
    public boolean isComplete() {
        return missing().isEmpty();
    }

    private List<String> missing() {
        var missing = new ArrayList<String>();
        if (host.isEmpty()) {
            missing.add("walnut.mail.host");
        }
        if (from.isEmpty()) {
            missing.add("walnut.mail.from");
        }
        if (portal.isEmpty()) {
            missing.add("walnut.portal.url");
        }
        if (missing.isEmpty() && lookUp().isEmpty()) {
            missing.add("the server's mail session (wildfly-config/scripts/mail-add.cli)");
        }
        return missing;
    }

    Session session() {
        return lookUp().orElseThrow(() -> new IllegalStateException("there is no mail session " + SESSION));
    }

    private static Optional<Session> lookUp() {
        try {
            return Optional.of(InitialContext.doLookup(SESSION));
        } catch (NamingException e) {
            return Optional.empty();
        }
    }

    /** Logs in where a user is set. */
    void connect(Transport transport) throws MessagingException {
        if (user.isPresent()) {
            transport.connect(user.get(), password.orElse(""));
        } else {
            transport.connect();
        }
    }

    String from() {
        return from.orElseThrow();
    }

    /** The page that a link's fragment belongs to. */
    String claimPage() {
        String base = portal.orElseThrow();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/claim";
    }
}
