package io.walnut.ejb.treasury;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.iexec.TeeFramework;
import io.walnut.ejb.iexec.order.RequestTerms;
import java.math.BigInteger;

/** What a task asks for, as its row keeps it: settings may change, a request that was begun does not. */
record StoredRequest(RequestTerms terms, Bytes32 salt) {
    private static final ObjectMapper JSON = new ObjectMapper();

    String json() {
        return JSON.createObjectNode()
            .put("app", terms.app().hex()).put("dataset", terms.dataset().hex())
            .put("workerpool", terms.workerpool().hex()).put("framework", terms.framework().name())
            .put("category", terms.category().toString()).put("max_price", terms.maxPrice().toString())
            .put("salt", salt.toString()).toString();
    }

    static StoredRequest parse(String json) {
        try {
            JsonNode tree = JSON.readTree(json);
            var terms = new RequestTerms(Address.parse(tree.get("app").asText()),
                Address.parse(tree.get("dataset").asText()), Address.parse(tree.get("workerpool").asText()),
                TeeFramework.valueOf(tree.get("framework").asText()), new BigInteger(tree.get("category").asText()),
                new BigInteger(tree.get("max_price").asText()));
            return new StoredRequest(terms, Bytes32.parse(tree.get("salt").asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored request is broken", e);
        }
    }
}
