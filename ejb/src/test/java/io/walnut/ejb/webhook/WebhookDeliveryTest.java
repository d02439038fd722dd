package io.walnut.ejb.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.walnut.ejb.shared.IllegalTransitionException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class WebhookDeliveryTest {
    private final WebhookDelivery delivery = new WebhookDelivery("whe_1", 7);

    @Test
    void isGivenUpAfterItsLastRetryAndCanBeReplayed() {
        for (int i = 0; i < 9; i++) {
            delivery.refused("HTTP 500");
            assertEquals(WebhookDelivery.State.PENDING, delivery.state());
        }
        delivery.refused("HTTP 500");
        assertEquals(WebhookDelivery.State.FAILED, delivery.state());
        assertThrows(IllegalTransitionException.class, () -> delivery.delivered("HTTP 200"));
        delivery.replay();
        delivery.delivered("HTTP 200");
        assertThrows(IllegalTransitionException.class, () -> delivery.refused("HTTP 500"));
    }

    /** The example of the Standard Webhooks libraries. */
    @Test
    void signsAsTheSpecificationDoes() {
        byte[] secret = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertEquals("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSignature.of(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330L, "{\"test\": 2432232314}"));
        assertEquals(44, WebhookSignature.of("x".getBytes(StandardCharsets.UTF_8), "a", 1, "b").length() - 3);
    }
}
