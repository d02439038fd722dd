package io.walnut.devnet.rpc;

import tools.jackson.databind.JsonNode;

/** A JSON-RPC call that failed: refused by the node, or not answered. */
public final class RpcException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RpcException(String method, JsonNode error) {
        super(method + ": " + error.path("message").asString("error") + revertData(error));
    }

    RpcException(String message) {
        super(message);
    }

    RpcException(String message, Throwable cause) {
        super(message, cause);
    }

    private static String revertData(JsonNode error) {
        return error.hasNonNull("data") ? " (" + error.get("data") + ")" : "";
    }
}
