package io.walnut.web.rpc;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.ejb.chain.RpcClient.Reply;

/** A JSON-RPC 2.0 response. @param error null when there is a result */
public record RpcAnswer(String jsonrpc, JsonNode id, JsonNode result,
    @JsonInclude(JsonInclude.Include.NON_NULL) Fault error) {
    /** What the node said. */
    public record Fault(int code, String message) {
    }

    static RpcAnswer of(JsonNode id, Reply reply) {
        return switch (reply) {
            case Reply.Result result -> new RpcAnswer("2.0", id, result.value(), null);
            case Reply.Error error -> new RpcAnswer("2.0", id, null, new Fault(error.code(), error.message()));
        };
    }
}
