package io.walnut.ejb.iexec.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.ejb.iexec.Http;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.LocalServer;
import io.walnut.ejb.iexec.SdkVectors;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Each status that the service's contract knows, and some that it does not. */
class SmsAnswersTest {

    private static final Http HTTP = new Http(Duration.ofSeconds(5));
    private static final byte[] SECRET = "hush".getBytes(StandardCharsets.US_ASCII);

    private static SecretAnswer store(int head, int post) {
        try (var server = new LocalServer(method -> method.equals("HEAD") ? head : post, new byte[0]);
                var key = SdkVectors.key()) {
            return new Sms(server.url(), HTTP).storeAppSecret(key, Address.ZERO, SECRET);
        }
    }

    private static IexecException failure(int head, int post) {
        return assertThrows(IexecException.class, () -> store(head, post));
    }

    @Test
    void aMissingSecretIsStored() {
        assertEquals(new SecretAnswer.Stored(), store(404, 204));
    }

    @Test
    void aSecretThatIsThereIsNotSentAgain() {
        assertEquals(new SecretAnswer.AlreadyStored(), store(204, 500));
    }

    @Test
    void aSecretThatCameInBetweenIsThere() {
        assertEquals(new SecretAnswer.AlreadyStored(), store(404, 409));
    }

    @Test
    void aForeignKeyIsRefused() {
        var refused = assertInstanceOf(SecretAnswer.Refused.class, store(404, 401));
        assertEquals(SecretAnswer.Code.SMS_WRONG_SIGNER, refused.code());
        assertTrue(!refused.isStored());
    }

    @Test
    void whatTheServiceDoesNotTakeIsRefusedWithoutShowingIt() {
        for (int status : new int[] {400, 413}) {
            var refused = assertInstanceOf(SecretAnswer.Refused.class, store(404, status));
            assertEquals(SecretAnswer.Code.SMS_BAD_SECRET, refused.code());
            assertTrue(refused.message().contains("4 bytes") && !refused.message().contains("hush"));
        }
    }

    @Test
    void serverErrorsAreTransientWhereverTheyCome() {
        assertTrue(failure(503, 204).isTransient());
        assertTrue(failure(404, 502).isTransient());
    }

    @Test
    void anotherServiceUnderTheUrlIsNoticed() {
        assertEquals(IexecException.Code.SMS_NONSENSE, failure(302, 204).code());
        assertEquals(IexecException.Code.SMS_NONSENSE, failure(404, 405).code());
    }
}
