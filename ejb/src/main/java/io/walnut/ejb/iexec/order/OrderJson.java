package io.walnut.ejb.iexec.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;

import java.math.BigInteger;
import java.util.Locale;
import java.util.function.Function;

/**
 * Orders in the JSON of the SDK and the order book. Reading takes numbers as JSON numbers or decimal
 * strings, since the order book answers with numbers; writing gives strings.
 */
public final class OrderJson {

    private OrderJson() {
    }

    public static ObjectNode write(SignedOrder<?> signed) {
        ObjectNode json = write(signed.order());
        json.put("sign", signed.signature().hex());
        return json;
    }

    public static ObjectNode write(Order order) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (order) {
            case AppOrder app -> write(json, app);
            case DatasetOrder dataset -> write(json, dataset);
            case WorkerpoolOrder workerpool -> write(json, workerpool);
            case RequestOrder request -> write(json, request);
        }
        return json.put("salt", order.salt().toString());
    }

    private static void write(ObjectNode json, AppOrder order) {
        json.put("app", order.app().toString()).put("appprice", order.price().toString())
                .put("volume", order.volume().toString()).put("tag", order.tag().toString())
                .put("datasetrestrict", order.datasetRestriction().toString())
                .put("workerpoolrestrict", order.workerpoolRestriction().toString())
                .put("requesterrestrict", order.requesterRestriction().toString());
    }

    private static void write(ObjectNode json, DatasetOrder order) {
        json.put("dataset", order.dataset().toString()).put("datasetprice", order.price().toString())
                .put("volume", order.volume().toString()).put("tag", order.tag().toString())
                .put("apprestrict", order.appRestriction().toString())
                .put("workerpoolrestrict", order.workerpoolRestriction().toString())
                .put("requesterrestrict", order.requesterRestriction().toString());
    }

    private static void write(ObjectNode json, WorkerpoolOrder order) {
        json.put("workerpool", order.workerpool().toString()).put("workerpoolprice", order.price().toString())
                .put("volume", order.volume().toString()).put("tag", order.tag().toString())
                .put("category", order.category().toString()).put("trust", order.trust().toString())
                .put("apprestrict", order.appRestriction().toString())
                .put("datasetrestrict", order.datasetRestriction().toString())
                .put("requesterrestrict", order.requesterRestriction().toString());
    }

    private static void write(ObjectNode json, RequestOrder order) {
        json.put("app", order.app().toString()).put("appmaxprice", order.appMaxPrice().toString())
                .put("dataset", order.dataset().toString()).put("datasetmaxprice", order.datasetMaxPrice().toString())
                .put("workerpool", order.workerpool().toString())
                .put("workerpoolmaxprice", order.workerpoolMaxPrice().toString())
                .put("requester", order.requester().toString())
                .put("volume", order.volume().toString()).put("tag", order.tag().toString())
                .put("category", order.category().toString()).put("trust", order.trust().toString())
                .put("beneficiary", order.beneficiary().toString()).put("callback", order.callback().toString())
                .put("params", order.params());
    }

    /** @throws IllegalArgumentException naming the first member that is missing or unusable; so below */
    public static SignedOrder<AppOrder> readApp(JsonNode json) {
        var in = new Members(json);
        return new SignedOrder<>(new AppOrder(in.address("app"), in.number("appprice"), in.number("volume"),
                in.bytes32("tag"), in.address("datasetrestrict"), in.address("workerpoolrestrict"),
                in.address("requesterrestrict"), in.bytes32("salt")), in.signature());
    }

    public static SignedOrder<DatasetOrder> readDataset(JsonNode json) {
        var in = new Members(json);
        return new SignedOrder<>(new DatasetOrder(in.address("dataset"), in.number("datasetprice"),
                in.number("volume"), in.bytes32("tag"), in.address("apprestrict"), in.address("workerpoolrestrict"),
                in.address("requesterrestrict"), in.bytes32("salt")), in.signature());
    }

    public static SignedOrder<WorkerpoolOrder> readWorkerpool(JsonNode json) {
        var in = new Members(json);
        return new SignedOrder<>(new WorkerpoolOrder(in.address("workerpool"), in.number("workerpoolprice"),
                in.number("volume"), in.bytes32("tag"), in.number("category"), in.number("trust"),
                in.address("apprestrict"), in.address("datasetrestrict"), in.address("requesterrestrict"),
                in.bytes32("salt")), in.signature());
    }

    public static SignedOrder<RequestOrder> readRequest(JsonNode json) {
        return new SignedOrder<>(readUnsignedRequest(json), new Members(json).signature());
    }

    public static RequestOrder readUnsignedRequest(JsonNode json) {
        var in = new Members(json);
        return new RequestOrder(in.address("app"), in.number("appmaxprice"), in.address("dataset"),
                in.number("datasetmaxprice"), in.address("workerpool"), in.number("workerpoolmaxprice"),
                in.address("requester"), in.number("volume"), in.bytes32("tag"), in.number("category"),
                in.number("trust"), in.address("beneficiary"), in.address("callback"), in.text("params"),
                in.bytes32("salt"));
    }

    /** Reads typed members; the message names the member, never repeats its value. */
    private record Members(JsonNode json) {

        String text(String name) {
            JsonNode value = json.get(name);
            if (value == null || !value.isTextual()) {
                throw new IllegalArgumentException("the order has no text member \"" + name + "\"");
            }
            return value.textValue();
        }

        /** Letter case is ignored: order books do not promise checksums. */
        Address address(String name) {
            return parse(name, text -> Address.parse(text.toLowerCase(Locale.ROOT)));
        }

        Bytes32 bytes32(String name) {
            return parse(name, Bytes32::parse);
        }

        OrderSignature signature() {
            return parse("sign", OrderSignature::new);
        }

        BigInteger number(String name) {
            JsonNode value = json.get(name);
            if (value != null && value.isIntegralNumber()) {
                return Uint256.require(name, value.bigIntegerValue());
            }
            String text = text(name);
            if (text.length() > 78 || !text.matches("[0-9]+")) {
                throw new IllegalArgumentException("the order's member \"" + name + "\" is no decimal number");
            }
            return Uint256.require(name, new BigInteger(text));
        }

        private <T> T parse(String name, Function<String, T> parser) {
            String text = text(name);
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the order's member \"" + name + "\": " + e.getMessage());
            }
        }
    }
}
