package io.walnut.ejb.iexec.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.iexec.Http;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.LocalServer;
import io.walnut.ejb.iexec.SdkVectors;
import io.walnut.ejb.iexec.TeeFramework;
import io.walnut.ejb.iexec.order.AppOrder;
import io.walnut.ejb.iexec.order.OrderJson;
import io.walnut.ejb.iexec.order.OrderSignature;
import io.walnut.ejb.iexec.order.RequestTerms;
import io.walnut.ejb.iexec.order.SignedOrder;
import io.walnut.ejb.iexec.order.TaskRequest;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A book that lies; the client against an honest one is RoundTripIT. */
class OrderBookTest {

    private static final Http HTTP = new Http(Duration.ofSeconds(5));
    private static final Address APP = Address.parse("0x1111111111111111111111111111111111111111");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ObjectNode entry(long price, TeeFramework framework) {
        var order = new SignedOrder<>(AppOrder.open(APP, BigInteger.valueOf(price), BigInteger.TEN, framework.tag(),
                Bytes32.ZERO), OrderSignature.NONE);
        ObjectNode entry = JSON.createObjectNode().put("remaining", 3)
                .put("orderHash", SdkVectors.domain().hash(order.order()).toString());
        entry.set("order", OrderJson.write(order));
        return entry;
    }

    private static String answer(ObjectNode... entries) {
        ObjectNode answer = JSON.createObjectNode().put("ok", true);
        answer.putArray("orders").addAll(List.of(entries));
        return answer.toString();
    }

    private static List<OrderBook.Published<AppOrder>> apps(int status, String body) {
        try (var server = new LocalServer(status, body)) {
            return new OrderBook(server.url(), SdkVectors.domain(), HTTP)
                    .apps(APP, Address.ZERO, Address.ZERO, Address.ZERO);
        }
    }

    @Test
    void onlyOrdersWhoseHashIsTheirOwnAreOffers() {
        ObjectNode dearer = entry(5, TeeFramework.TDX);
        ObjectNode changed = entry(5, TeeFramework.TDX);
        ((ObjectNode) changed.get("order")).put("appprice", 4);
        ObjectNode usedUp = entry(7, TeeFramework.TDX).put("remaining", 0);
        ObjectNode broken = JSON.createObjectNode().put("order", "none");
        var offers = apps(200, answer(changed, usedUp, broken, dearer));
        assertEquals(1, offers.size());
        assertEquals(BigInteger.valueOf(5), offers.get(0).signed().order().price());
        assertEquals(BigInteger.valueOf(3), offers.get(0).remaining());
    }

    @Test
    void ordersOfTheOtherFrameworkAreNoOffers() {
        var terms = new RequestTerms(APP, Address.ZERO, Address.ZERO, TeeFramework.TDX, BigInteger.ZERO,
                BigInteger.TEN);
        var request = TaskRequest.create(terms, APP, 0, Bytes32.ZERO, SdkVectors.domain());
        try (var server = new LocalServer(200, answer(entry(5, TeeFramework.SCONE)))) {
            var book = new OrderBook(server.url(), SdkVectors.domain(), HTTP);
            var missing = assertInstanceOf(OfferSearch.Found.Missing.class,
                    new OfferSearch(book, TeeFramework.TDX).search(request.order(), Set.of()));
            assertEquals(OfferSearch.Code.NO_APP_ORDER, missing.code());
            assertEquals("the order book has no usable order for app " + APP
                    + " for at most 10 nRLC: publish an app order", missing.message());
        }
    }

    @Test
    void refusalsAreGivenInOneCleanLine() {
        var e = assertThrows(IexecException.class, () -> apps(400, "{\"ok\":false,\"error\":\"bad\\ntag\"}"));
        assertEquals("the order book refuses a query: bad tag", e.getMessage());
        assertEquals(IexecException.Code.ORDER_BOOK_REFUSED, e.code());
    }

    @Test
    void anotherServiceUnderTheUrlIsNoticed() {
        var e = assertThrows(IexecException.class, () -> apps(200, "<html>"));
        assertEquals(IexecException.Code.ORDER_BOOK_REFUSED, e.code());
        assertEquals(IexecException.Code.ORDER_BOOK_UNAVAILABLE,
                assertThrows(IexecException.class, () -> apps(502, "")).code());
    }
}
