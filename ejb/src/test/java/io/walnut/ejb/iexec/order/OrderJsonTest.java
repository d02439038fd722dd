package io.walnut.ejb.iexec.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;

class OrderJsonTest {

    private static final Address APP = Address.parse("0x1111111111111111111111111111111111111111");
    private static final SignedOrder<AppOrder> ORDER = new SignedOrder<>(
            AppOrder.open(APP, BigInteger.ZERO, BigInteger.TWO, Bytes32.ZERO, Bytes32.ZERO),
            new OrderSignature("0xabcd"));

    private static ObjectNode json() {
        return OrderJson.write(ORDER);
    }

    @Test
    void numbersAreReadAsJsonNumbersToo() {
        assertEquals(ORDER, OrderJson.readApp(json().put("volume", 2).put("appprice", 0)));
    }

    @Test
    void aMissingMemberIsNamed() {
        ObjectNode json = json();
        json.remove("tag");
        var refusal = assertThrows(IllegalArgumentException.class, () -> OrderJson.readApp(json));
        assertEquals("the order has no text member \"tag\"", refusal.getMessage());
    }

    @Test
    void aMalformedMemberIsNamed() {
        var refusal = assertThrows(IllegalArgumentException.class,
                () -> OrderJson.readApp(json().put("app", "0x12")));
        assertEquals("the order's member \"app\": expected 0x and 40 hexadecimal digits", refusal.getMessage());
    }

    @Test
    void negativeFractionalAndHugeNumbersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> OrderJson.readApp(json().put("volume", -1)));
        assertThrows(IllegalArgumentException.class, () -> OrderJson.readApp(json().put("volume", 1.5)));
        assertThrows(IllegalArgumentException.class, () -> OrderJson.readApp(json().put("volume", "9".repeat(79))));
        assertThrows(IllegalArgumentException.class,
                () -> OrderJson.readApp(json().put("volume", BigInteger.TWO.pow(256))));
    }

    @Test
    void anOversizedSignatureIsRefused() {
        assertThrows(IllegalArgumentException.class,
                () -> OrderJson.readApp(json().put("sign", "0x" + "00".repeat(4_097))));
    }
}
