package io.walnut.ejb.iexec.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.iexec.SdkVectors;
import io.walnut.ejb.iexec.order.OrderSignature;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

/** The SDK's own requests were recorded; ours must carry the same authorization for the same secret. */
class SmsVectorsTest {

    private static void assertAuthorization(int index, Bytes32 challenge) {
        try (var key = SdkVectors.key()) {
            assertEquals(recorded(index).get("authorization").textValue(),
                    OrderSignature.of(key.signMessage(challenge)).hex());
        }
    }

    private static JsonNode recorded(int index) {
        return SdkVectors.ALL.get("sms").get(index);
    }

    private static byte[] body(int index) {
        return recorded(index).get("body").textValue().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void requesterSecretAuthorizationEqualsTheSdks() {
        Address requester = Address.parse(SdkVectors.ALL.get("address").textValue());
        assertAuthorization(0, SmsChallenge.named(requester, "walnut-1", body(0)));
    }

    @Test
    void appSecretAuthorizationEqualsTheSdks() {
        Address app = Address.parse("0x1111111111111111111111111111111111111111");
        assertAuthorization(1, SmsChallenge.named(app, "1", body(1)));
    }

    @Test
    void resultKeyAuthorizationEqualsTheSdks() {
        Address owner = Address.parse(SdkVectors.ALL.get("address").textValue());
        assertAuthorization(2, SmsChallenge.named(owner, "iexec-result-encryption-public-key", body(2)));
    }

    @Test
    void datasetKeyAuthorizationEqualsTheSdks() {
        Address dataset = Address.parse("0x2222222222222222222222222222222222222222");
        assertAuthorization(3, SmsChallenge.web3(dataset, body(3)));
    }
}
