package io.walnut.devnet.rpc;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** An event as the chain keeps it. */
public record Log(Address contract, List<Bytes32> topics, byte[] data, long block, Bytes32 transaction) {

    static Log of(JsonNode json) {
        var topics = new ArrayList<Bytes32>();
        for (JsonNode topic : json.get("topics")) {
            topics.add(Bytes32.parse(topic.asString()));
        }
        return new Log(Address.parse(json.get("address").asString()), List.copyOf(topics),
                Hex.decode(json.get("data").asString()), Rpc.quantity(json.get("blockNumber")).longValueExact(),
                Bytes32.parse(json.get("transactionHash").asString()));
    }
}
