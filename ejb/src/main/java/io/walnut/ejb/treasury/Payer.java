package io.walnut.ejb.treasury;

import io.walnut.contracts.LinkWords;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who pays, as links name it to recipients: {@code walnut.portal.payer}, else the name that mail comes from. */
@ApplicationScoped
public class Payer {
    @Inject
    @ConfigProperty(name = "walnut.portal.payer")
    private Optional<String> configured;
    @Inject
    @ConfigProperty(name = "walnut.mail.from")
    private Optional<String> from;
    private String name;

    @PostConstruct
    void read() {
        name = fitting(configured.or(() -> from.flatMap(Payer::personal)).orElse(""));
    }

    /** At most {@link LinkWords#MAX_PAYER} bytes; empty when nobody has set one. */
    public String name() {
        return name;
    }

    private static Optional<String> personal(String address) {
        try {
            return Optional.ofNullable(new InternetAddress(address).getPersonal());
        } catch (AddressException e) {
            return Optional.empty();
        }
    }

    /** Without what a page would not show, cut to what a link has room for. */
    static String fitting(String text) {
        var kept = new StringBuilder();
        int room = LinkWords.MAX_PAYER;
        for (int point : text.strip().codePoints().toArray()) {
            String character = Character.toString(point);
            int length = character.getBytes(StandardCharsets.UTF_8).length;
            if (LinkWords.isPlain(character)) {
                if (length > room) {
                    break;
                }
                kept.append(character);
                room -= length;
            }
        }
        return kept.toString();
    }
}
