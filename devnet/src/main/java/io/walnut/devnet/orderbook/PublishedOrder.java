package io.walnut.devnet.orderbook;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** @param signer the owner of the resource, or the requester */
record PublishedOrder(Order order, Bytes32 hash, Address signer, Instant published) {

    /** @param remaining the volume that is not yet matched */
    Map<String, Object> json(long chainId, BigInteger remaining) {
        var json = new LinkedHashMap<String, Object>();
        json.put("order", order.json());
        json.put("orderHash", hash.toString());
        json.put("chainId", chainId);
        json.put("publicationTimestamp", published.toString());
        json.put("signer", signer.toString());
        json.put("status", remaining.signum() > 0 ? "open" : "filled");
        json.put("remaining", remaining);
        return json;
    }
}
