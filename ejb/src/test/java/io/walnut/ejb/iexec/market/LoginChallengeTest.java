package io.walnut.ejb.iexec.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.SdkVectors;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;

class LoginChallengeTest {

    private static final BigInteger CHAIN = BigInteger.valueOf(42161);

    private static ObjectNode challenge() {
        return SdkVectors.ALL.get("login").get("challenge").deepCopy();
    }

    @Test
    void theAuthorizationIsDigestSignatureAndAddress() {
        try (var key = SdkVectors.key()) {
            String[] parts = LoginChallenge.read(challenge(), CHAIN).authorization(key).split("_");
            assertEquals(3, parts.length);
            assertEquals(key.address().toString(), parts[2]);
            assertEquals(SdkVectors.ALL.get("login").get("authorization").textValue(), String.join("_", parts));
        }
    }

    @Test
    void nothingButALoginIsSigned() {
        ObjectNode order = challenge();
        order.put("primaryType", "RequestOrder");
        ObjectNode otherChain = challenge();
        ((ObjectNode) otherChain.get("domain")).put("chainId", 1);
        ObjectNode contract = challenge();
        ((ObjectNode) contract.get("domain")).put("verifyingContract", "0x" + "11".repeat(20));
        ObjectNode noText = challenge();
        ((ObjectNode) noText.get("message")).put("challenge", 5);
        ObjectNode endless = challenge();
        ((ObjectNode) endless.get("message")).put("challenge", "x".repeat(1_001));
        for (ObjectNode asked : new ObjectNode[] {order, otherChain, contract, noText, endless}) {
            var e = assertThrows(IexecException.class, () -> LoginChallenge.read(asked, CHAIN));
            assertEquals(IexecException.Code.ORDER_BOOK_REFUSED, e.code());
            assertTrue(e.getMessage().contains("something else than a login challenge"));
        }
    }
}
