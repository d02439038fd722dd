package io.walnut.ejb.mail;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What a recipient reads. The subject says neither how much nor the link, because subjects show on locked
 * screens and in the logs of mail servers.
 */
record Letter(String subject, String text, String html) {
    private static final DateTimeFormatter DAY =
        DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /**
     * What a letter tells.
     *
     * @param payer a name or an address
     * @param amount as people read it
     * @param message what the payer says, or null
     * @param url the whole link, a secret
     * @param expiresAt null when the link does not expire
     */
    record Content(String payer, String amount, String message, String url, Instant expiresAt) {
        @Override
        public String toString() {
            return "Content[redacted]";
        }
    }

    static Letter of(Content content) {
        return new Letter("A payment for you from " + content.payer(), text(content), html(content));
    }

    /** The amount in units of its token, such as {@code 1.25 ETH}. */
    static String amount(BigInteger smallestUnits, int decimals, String symbol) {
        BigDecimal units = new BigDecimal(smallestUnits, decimals).stripTrailingZeros();
        return units.toPlainString() + ' ' + symbol;
    }

    private static String text(Content c) {
        return """
            %s pays you %s.
            %s
            Open this link to take the money. The page asks where it shall go; you need no account.

            %s

            Whoever has this link can take the money. Keep it to yourself and do not forward this mail.
            %s
            If you do not know the sender, ask them in a way that you know before you open the link.
            """.formatted(c.payer(), c.amount(), c.message() == null ? "" : "\n" + c.message() + "\n", c.url(), expiry(c));
    }

    private static String html(Content c) {
        String url = escaped(c.url());
        return """
            <!doctype html>
            <html lang="en"><body style="font-family:sans-serif;line-height:1.5;max-width:36em">
            <p><strong>%s</strong> pays you <strong>%s</strong>.</p>
            %s<p>Open this link to take the money. The page asks where it shall go; you need no account.</p>
            <p><a href="%s" rel="noreferrer">Take the money</a></p>
            <p>Whoever has this link can take the money. Keep it to yourself and do not forward this mail.
            %s</p>
            <p>If you do not know the sender, ask them in a way that you know before you open the link.</p>
            </body></html>
            """.formatted(escaped(c.payer()), escaped(c.amount()),
            c.message() == null ? "" : "<blockquote>" + escaped(c.message()) + "</blockquote>\n", url, expiry(c));
    }

    private static String expiry(Content c) {
        return c.expiresAt() == null ? "" : "It can be used until " + DAY.format(c.expiresAt()) + ".";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return "Letter[" + subject + ", body redacted]";
    }
}
