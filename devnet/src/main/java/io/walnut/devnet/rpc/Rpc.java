package io.walnut.devnet.rpc;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON-RPC 2.0 over HTTP, single or batched. Safe for many threads. */
public final class Rpc {

    /** One call of a batch. {@code params} may hold anything that maps to JSON. */
    public record Call(String method, List<?> params) {
    }

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI endpoint;

    public Rpc(URI endpoint) {
        this.endpoint = endpoint;
    }

    public URI endpoint() {
        return endpoint;
    }

    /** @throws RpcException when the node answers with an error, or not at all */
    public JsonNode call(String method, Object... params) {
        return batch(List.of(new Call(method, List.of(params)))).getFirst();
    }

    /** All calls in one request; the answers stand in the order of the calls. */
    public List<JsonNode> batch(List<Call> calls) {
        var body = new ArrayList<Map<String, Object>>(calls.size());
        for (int id = 0; id < calls.size(); id++) {
            Call call = calls.get(id);
            body.add(Map.of("jsonrpc", "2.0", "id", id, "method", call.method(), "params", call.params()));
        }
        var answers = new TreeMap<Integer, JsonNode>();
        for (JsonNode answer : post(JSON.writeValueAsBytes(body))) {
            if (answer.hasNonNull("error")) {
                throw new RpcException(calls.get(answer.path("id").asInt(0)).method(), answer.get("error"));
            }
            answers.put(answer.path("id").asInt(), answer.path("result"));
        }
        if (answers.size() != calls.size()) {
            throw new RpcException("the node answered " + answers.size() + " of " + calls.size() + " calls");
        }
        return List.copyOf(answers.values());
    }

    public byte[] ethCall(Address to, byte[] data) {
        var transaction = Map.of("to", to.hex(), "data", Hex.encode(data));
        return Hex.decode(call("eth_call", transaction, "latest").asString());
    }

    public long blockNumber() {
        return quantity(call("eth_blockNumber")).longValueExact();
    }

    public BigInteger balance(Address account) {
        return quantity(call("eth_getBalance", account.hex(), "latest"));
    }

    /** @param topics one entry per position; null matches all */
    public List<Log> logs(Address contract, long fromBlock, long toBlock, List<Bytes32> topics) {
        var filter = Map.of("address", contract.hex(), "fromBlock", hex(fromBlock), "toBlock", hex(toBlock),
                "topics", topics.stream().map(Bytes32::toString).toList());
        var logs = new ArrayList<Log>();
        for (JsonNode log : call("eth_getLogs", filter)) {
            logs.add(Log.of(log));
        }
        return logs;
    }

    public static BigInteger quantity(JsonNode hex) {
        return new BigInteger(hex.asString().substring(2), 16);
    }

    public static String hex(long quantity) {
        return "0x" + Long.toHexString(quantity);
    }

    /** Passes a request on as it is. */
    public byte[] forward(byte[] body) {
        return send(body);
    }

    private JsonNode post(byte[] body) {
        return JSON.readTree(send(body));
    }

    private byte[] send(byte[] body) {
        var request = HttpRequest.newBuilder(endpoint).timeout(LIMIT).header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)).build();
        try {
            return http.send(request, BodyHandlers.ofByteArray()).body();
        } catch (IOException e) {
            throw new RpcException("the node at " + endpoint + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RpcException("interrupted while waiting for the node", e);
        }
    }
}
