package io.walnut.ear;

import static io.walnut.ear.Api.PATIENCE;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** A mail server with everybody's mail, which can be down for a while. */
final class Mailbox implements AutoCloseable {
    private static final String USER = "portal";
    private static final String PASSWORD = "portal-mail";
    private static final String FROM = "payments@walnut.example";

    private final int port;
    private GreenMail server;

    Mailbox(int port) {
        this.port = port;
        open();
    }

    /** What the server has to be started with to send here. */
    List<String> settings() {
        return List.of("-Dwalnut.mail.host=127.0.0.1", "-Dwalnut.mail.port=" + port, "-Dwalnut.mail.from=" + FROM,
            "-Dwalnut.mail.user=" + USER, "-Dwalnut.mail.password=" + PASSWORD, "-Dwalnut.mail.tls=false");
    }

    void open() {
        var setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(PATIENCE.toMillis());
        server = new GreenMail(setup);
        server.start();
        server.setUser(FROM, USER, PASSWORD);
    }

    @Override
    public void close() {
        server.stop();
    }

    /** Everything that came for one address since the server was opened. */
    List<MimeMessage> of(String address) {
        return List.of(server.getReceivedMessagesForDomain(address));
    }

    /** The first mail for an address, once it is there. */
    MimeMessage await(String address) {
        Instant end = Instant.now().plus(PATIENCE);
        while (of(address).isEmpty()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("no mail for " + address);
            }
            Api.pause();
        }
        return of(address).get(0);
    }

    /** The body in one of its forms. @param part 0 for text, 1 for HTML */
    static String body(MimeMessage message, int part) throws MessagingException, IOException {
        return ((String) ((Multipart) message.getContent()).getBodyPart(part).getContent()).replace("\r\n", "\n");
    }
}
