package io.walnut.ejb.iexec.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.iexec.SdkVectors;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;

class OrderVectorsTest {

    private static SignedOrder<?> read(JsonNode vector) {
        JsonNode json = vector.get("order");
        return switch (vector.get("kind").textValue()) {
            case "apporder" -> OrderJson.readApp(json);
            case "datasetorder" -> OrderJson.readDataset(json);
            case "workerpoolorder" -> OrderJson.readWorkerpool(json);
            case "requestorder" -> OrderJson.readRequest(json);
            default -> throw new IllegalStateException("unknown kind in the vectors");
        };
    }

    @Test
    void orderHashesEqualTheSdks() {
        for (JsonNode vector : SdkVectors.ALL.get("orders")) {
            assertEquals(vector.get("hash").textValue(),
                    SdkVectors.domain().hash(read(vector).order()).toString(), vector.get("kind").textValue());
        }
        assertTrue(SdkVectors.ALL.get("orders").size() >= 6);
    }

    @Test
    void orderSignaturesEqualTheSdksByteForByte() {
        try (var key = SdkVectors.key()) {
            for (JsonNode vector : SdkVectors.ALL.get("orders")) {
                SignedOrder<?> theirs = read(vector);
                assertEquals(theirs, SignedOrder.sign(theirs.order(), SdkVectors.domain(), key));
            }
        }
    }

    @Test
    void writtenOrdersReadBackTheSame() {
        for (JsonNode vector : SdkVectors.ALL.get("orders")) {
            SignedOrder<?> order = read(vector);
            var again = ((com.fasterxml.jackson.databind.node.ObjectNode) vector.deepCopy())
                    .set("order", OrderJson.write(order));
            assertEquals(order, read(again));
        }
    }

    @Test
    void taskIdsEqualTheSdks() {
        for (JsonNode vector : SdkVectors.ALL.get("tasks")) {
            var deal = new DealId(Bytes32.parse(vector.get("dealid").textValue()));
            assertEquals(vector.get("taskid").textValue(),
                    deal.task(new BigInteger(vector.get("index").textValue())).toString());
        }
    }

    @Test
    void dealIdIsTheHashOfOrderHashAndFirstTask() {
        JsonNode lastRequest = SdkVectors.ALL.get("orders").get(SdkVectors.ALL.get("orders").size() - 1);
        assertEquals(SdkVectors.ALL.get("tasks").get(0).get("dealid").textValue(),
                DealId.first(Bytes32.parse(lastRequest.get("hash").textValue())).toString());
    }
}
