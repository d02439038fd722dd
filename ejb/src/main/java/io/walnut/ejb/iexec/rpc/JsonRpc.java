package io.walnut.ejb.iexec.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.walnut.ejb.iexec.Http;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.IexecException.Code;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * JSON-RPC over HTTP. A node that does not answer is passed over for the next one; a node that answers
 * with an error is believed. Safe for threads.
 *
 * <p>web3j's core is not used for this: its transport, its second JSON library and what they bring weigh
 * more than these lines, and it knows neither several nodes nor a limit on an answer's size.
 */
public final class JsonRpc {

    private static final int MAX_ANSWER = 32 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Errors that say "not now": EIP-1474's limit exceeded, and the one that providers use for too many requests. */
    private static final Set<Integer> OVERLOADED = Set.of(-32005, -32029);

    private final List<URI> endpoints;
    private final Http http;
    private final AtomicLong calls = new AtomicLong();
    private volatile int preferred;

    /** @param params JSON nodes, strings, numbers, booleans, or lists of them */
    public record Call(String method, List<?> params) {
    }

    public JsonRpc(List<URI> endpoints, Http http) {
        this.endpoints = List.copyOf(endpoints);
        this.http = http;
    }

    /** @throws IexecException RPC_UNAVAILABLE, or RPC_REFUSED with the node's message */
    public JsonNode call(String method, Object... params) {
        return switch (answer(new Call(method, List.of(params)))) {
            case RpcAnswer.Result result -> result.value();
            case RpcAnswer.Failure failure -> throw refused(method, failure);
        };
    }

    /** A call whose failure is something to look at, such as a revert. */
    public RpcAnswer answer(Call call) {
        return parse(post(envelope(0, call)));
    }

    /**
     * One HTTP request for all calls.
     *
     * @return the results in the order of the calls
     * @throws IexecException RPC_REFUSED when one of them fails
     */
    public List<JsonNode> batch(List<Call> batch) {
        ArrayNode body = JSON.createArrayNode();
        for (int i = 0; i < batch.size(); i++) {
            body.add(envelope(i, batch.get(i)));
        }
        JsonNode answers = post(body);
        var results = new JsonNode[batch.size()];
        for (JsonNode answer : answers) {
            int id = answer.path("id").asInt(-1);
            if (id >= 0 && id < results.length) {
                results[id] = switch (parse(answer)) {
                    case RpcAnswer.Result result -> result.value();
                    case RpcAnswer.Failure failure -> throw refused(batch.get(id).method(), failure);
                };
            }
        }
        for (JsonNode result : results) {
            if (result == null) {
                throw new IexecException(Code.RPC_NONSENSE, "a node answered only part of a batch");
            }
        }
        return List.of(results);
    }

    /** How many HTTP requests were answered or tried: what a provider bills at least. */
    public long requests() {
        return calls.get();
    }

    public static String hex(BigInteger quantity) {
        return "0x" + quantity.toString(16);
    }

    public static BigInteger quantity(JsonNode node) {
        String text = node == null ? "" : node.asText();
        if (!text.matches("0x[0-9a-fA-F]{1,64}")) {
            throw new IexecException(Code.RPC_NONSENSE, "a node answered something else than a hexadecimal number");
        }
        return new BigInteger(text.substring(2), 16);
    }

    private static ObjectNode envelope(int id, Call call) {
        return JSON.createObjectNode().put("jsonrpc", "2.0").put("id", id).put("method", call.method())
                .set("params", JSON.valueToTree(call.params()));
    }

    private JsonNode post(JsonNode body) {
        IexecException last = null;
        int first = preferred;
        for (int i = 0; i < endpoints.size(); i++) {
            int index = (first + i) % endpoints.size();
            try {
                JsonNode answer = postTo(endpoints.get(index), body);
                preferred = index;
                return answer;
            } catch (IexecException e) {
                last = e;
            }
        }
        throw last;
    }

    private JsonNode postTo(URI endpoint, JsonNode body) {
        calls.incrementAndGet();
        var request = HttpRequest.newBuilder(endpoint).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()));
        Http.Answer answer = http.send(request, Code.RPC_UNAVAILABLE, "the iExec chain's node", MAX_ANSWER);
        try {
            JsonNode json = JSON.readTree(answer.body());
            if (json == null || !json.isContainerNode()) {
                throw unusable(endpoint, answer.status());
            }
            if (OVERLOADED.contains(json.at("/error/code").asInt())) {
                throw new IexecException(Code.RPC_UNAVAILABLE, "the node at " + endpoint.getHost()
                        + " takes no more requests now");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw unusable(endpoint, answer.status());
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }

    private static IexecException unusable(URI endpoint, int status) {
        return new IexecException(Code.RPC_UNAVAILABLE,
                "the node at " + endpoint.getHost() + " answered HTTP " + status + " without JSON-RPC in it");
    }

    private static RpcAnswer parse(JsonNode answer) {
        JsonNode error = answer.get("error");
        if (error != null && !error.isNull()) {
            return new RpcAnswer.Failure(error.path("code").asInt(), error.path("message").asText("no message"),
                    error.path("data").isTextual() ? error.get("data").textValue() : "0x");
        }
        JsonNode result = answer.get("result");
        if (result == null) {
            throw new IexecException(Code.RPC_NONSENSE, "a node answered neither result nor error");
        }
        return new RpcAnswer.Result(result);
    }

    private static IexecException refused(String method, RpcAnswer.Failure failure) {
        return new IexecException(Code.RPC_REFUSED, "the iExec chain's node refused " + method + ": "
                + failure.message());
    }
}
