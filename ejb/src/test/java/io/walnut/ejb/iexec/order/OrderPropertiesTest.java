package io.walnut.ejb.iexec.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.ejb.iexec.SdkVectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.web3j.crypto.StructuredDataEncoder;

import java.io.IOException;
import java.math.BigInteger;

class OrderPropertiesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[][] MEMBERS = {
        {"app", "address"}, {"appmaxprice", "uint256"}, {"dataset", "address"}, {"datasetmaxprice", "uint256"},
        {"workerpool", "address"}, {"workerpoolmaxprice", "uint256"}, {"requester", "address"}, {"volume", "uint256"},
        {"tag", "bytes32"}, {"category", "uint256"}, {"trust", "uint256"}, {"beneficiary", "address"},
        {"callback", "address"}, {"params", "string"}, {"salt", "bytes32"}};
    private static final String[][] DOMAIN = {
        {"name", "string"}, {"version", "string"}, {"chainId", "uint256"}, {"verifyingContract", "address"}};

    /** web3j has an encoder of its own, for any typed data. */
    @Property(tries = 100)
    void requestOrderHashesEqualThoseOfAnIndependentEncoder(@ForAll("requests") RequestOrder order)
            throws IOException {
        ObjectNode typedData = JSON.createObjectNode().put("primaryType", "RequestOrder");
        putType(typedData.withObject("/types"), "EIP712Domain", DOMAIN);
        putType(typedData.withObject("/types"), "RequestOrder", MEMBERS);
        HubDomain domain = SdkVectors.domain();
        typedData.putObject("domain").put("name", domain.name()).put("version", domain.version())
                .put("chainId", domain.chainId().toString()).put("verifyingContract", domain.hub().hex());
        typedData.set("message", OrderJson.write(order));
        assertEquals(Hex.encode(new StructuredDataEncoder(typedData.toString()).hashStructuredData()),
                domain.hash(order).toString());
    }

    private static void putType(ObjectNode types, String name, String[][] members) {
        var type = types.putArray(name);
        for (String[] member : members) {
            type.addObject().put("name", member[0]).put("type", member[1]);
        }
    }

    @Property(tries = 200)
    void writtenOrdersReadBackTheSame(@ForAll("requests") RequestOrder order) {
        assertEquals(order, OrderJson.readUnsignedRequest(OrderJson.write(order)));
    }

    @Property(tries = 200)
    void differentOrdersHaveDifferentHashesDealsAndTasks(
            @ForAll("requests") RequestOrder one, @ForAll("requests") RequestOrder other) {
        if (!one.equals(other)) {
            DealId deal = DealId.first(SdkVectors.domain().hash(one));
            DealId otherDeal = DealId.first(SdkVectors.domain().hash(other));
            assertNotEquals(deal, otherDeal);
            assertNotEquals(deal.task(BigInteger.ZERO), otherDeal.task(BigInteger.ZERO));
        }
    }

    @Provide
    Arbitrary<RequestOrder> requests() {
        Arbitrary<Address> address = Arbitraries.bytes().array(byte[].class).ofSize(20).map(Address::of);
        Arbitrary<Bytes32> word = Arbitraries.bytes().array(byte[].class).ofSize(32).map(Bytes32::of);
        Arbitrary<BigInteger> number = Arbitraries.bigIntegers()
                .between(BigInteger.ZERO, BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
        // Without lone surrogates, which have no UTF-8.
        Arbitrary<String> text = Arbitraries.strings().excludeChars(surrogates()).ofMaxLength(60);
        return Combinators.combine(address.list().ofSize(6), number.list().ofSize(6), word, word, text)
                .as((addresses, numbers, tag, salt, params) -> new RequestOrder(addresses.get(0), numbers.get(0),
                        addresses.get(1), numbers.get(1), addresses.get(2), numbers.get(2), addresses.get(3),
                        numbers.get(3), tag, numbers.get(4), numbers.get(5), addresses.get(4), addresses.get(5),
                        params, salt));
    }

    private static char[] surrogates() {
        char[] all = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
        for (int i = 0; i < all.length; i++) {
            all[i] = (char) (Character.MIN_SURROGATE + i);
        }
        return all;
    }
}
