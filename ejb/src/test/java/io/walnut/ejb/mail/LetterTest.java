package io.walnut.ejb.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.math.BigInteger;
import java.net.ConnectException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LetterTest {
    private static final String URL = "https://pay.example.org/claim#c2VjcmV0";
    private final Letter letter = Letter.of(new Letter.Content("Nuts & <Bolts>", "1.25 ETH", "For <May> & June", URL,
        Instant.parse("2027-01-31T00:00:00Z")));

    @Test
    void tellsWhoPaysHowMuchWhatToDoAndThatTheLinkIsMoney() {
        assertTrue(letter.text().startsWith("Nuts & <Bolts> pays you 1.25 ETH."));
        assertTrue(letter.text().lines().anyMatch(URL::equals), letter::text);
        for (String body : List.of(letter.text(), letter.html())) {
            assertTrue(body.contains("Whoever has this link can take the money"), body);
            assertTrue(body.contains("It can be used until 31 January 2027, 00:00 UTC."), body);
        }
        assertTrue(letter.html().contains("href=\"" + URL + '"'), letter::html);
    }

    @Test
    void theSubjectTellsNeitherAmountNorLink() {
        assertEquals("A payment for you from Nuts & <Bolts>", letter.subject());
    }

    @Test
    void namesCannotBecomeMarkup() {
        assertTrue(letter.html().contains("<strong>Nuts &amp; &lt;Bolts&gt;</strong>"), letter::html);
    }

    @Test
    void thePayersMessageStandsInBothFormsAndCannotBecomeMarkup() {
        assertTrue(letter.text().contains("\n\nFor <May> & June\n\n"), letter::text);
        assertTrue(letter.html().contains("<blockquote>For &lt;May&gt; &amp; June</blockquote>"), letter::html);
    }

    @Test
    void itsTextFormHidesTheLink() {
        assertFalse(letter.toString().contains("c2VjcmV0"));
        assertFalse(new Letter.Content("a", "b", null, URL, null).toString().contains("c2VjcmV0"));
    }

    @Test
    void amountsReadLikeMoney() {
        assertEquals("1.25 ETH", Letter.amount(new BigInteger("1250000000000000000"), 18, "ETH"));
        assertEquals("100 USDC", Letter.amount(new BigInteger("100000000"), 6, "USDC"));
        assertEquals("0.000001 USDC", Letter.amount(BigInteger.ONE, 6, "USDC"));
    }

    @Test
    void anAddressCannotCarryHeadersOrNames() {
        assertEquals("a…@example.org", new MailAddress("ana+pay@example.org").masked());
        for (String wrong : List.of("", "ana", "@example.org", "ana@", "a b@example.org", "Ana <ana@example.org>",
            "ana@example.org\r\nBcc: eve@example.org", "ana@example.org,eve@example.org", "ana@-example.org",
            "a@" + "b".repeat(64) + ".org", "a@" + "b.".repeat(130) + "org")) {
            assertThrows(IllegalArgumentException.class, () -> new MailAddress(wrong), wrong);
        }
    }

    @Test
    void failuresAreToldApartWithoutTheServersWords() throws Exception {
        assertEquals(MailFailure.MAIL_LOGIN_REFUSED, MailFailure.of(new AuthenticationFailedException("535")));
        assertEquals(MailFailure.MAIL_SERVER_UNREACHABLE,
            MailFailure.of(new MessagingException("x", new ConnectException("refused"))));
        assertEquals(MailFailure.MAIL_REFUSED, MailFailure.of(new MessagingException("554 " + URL)));
        assertEquals(MailFailure.MAIL_ADDRESS_REFUSED, MailFailure.of(new SendFailedException("550", null,
            new Address[0], new Address[0], new Address[] {new InternetAddress("no@example.org")})));
        assertEquals("mail_refused", MailFailure.MAIL_REFUSED.code());
    }
}
