package io.walnut.ejb.iexec.rpc;

import com.fasterxml.jackson.databind.JsonNode;

/** What a node answered to one call. */
public sealed interface RpcAnswer {

    record Result(JsonNode value) implements RpcAnswer {
    }

    /**
     * @param message one line
     * @param data hexadecimal; for a revert the ABI-encoded error
     */
    record Failure(int code, String message, String data) implements RpcAnswer {

        private static final int MAX_LENGTH = 300;

        public Failure {
            message = message.replaceAll("\\s+", " ");
            message = message.length() > MAX_LENGTH ? message.substring(0, MAX_LENGTH) : message;
        }
    }
}
