package io.walnut.ejb.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/**
 * JSON-RPC in batches over one of several endpoints. An endpoint that fails is left alone for a while,
 * twice as long each time, and the next one is asked. Thread-safe.
 */
public final class RpcClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final int MOST_DOUBLINGS = 7;

    private final List<URI> endpoints;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3))
        .version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLongArray pausedUntil;
    private final AtomicIntegerArray failures;
    private final AtomicLong requests = new AtomicLong();

    /** One call. @param params what JSON can say: strings, numbers, lists, maps */
    public record Call(String method, List<?> params) {
        public static Call of(String method, Object... params) {
            return new Call(method, List.of(params));
        }
    }

    /** One answer: either the result or the node's refusal. */
    public sealed interface Reply {
        record Result(JsonNode value) implements Reply {
        }

        record Error(int code, String message, String data) implements Reply {
        }

        /** @throws RpcException when the node refused */
        default JsonNode value() {
            return switch (this) {
                case Result result -> result.value();
                case Error error -> throw new RpcException(error.message(), error.data());
            };
        }
    }

    public RpcClient(List<URI> endpoints) {
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("no RPC endpoint is configured");
        }
        this.endpoints = List.copyOf(endpoints);
        this.pausedUntil = new AtomicLongArray(endpoints.size());
        this.failures = new AtomicIntegerArray(endpoints.size());
    }

    /** The answers in the order of the calls. @throws RpcException when no endpoint answers */
    public List<Reply> batch(List<Call> calls) {
        if (calls.isEmpty()) {
            return List.of();
        }
        byte[] body = encode(calls);
        IOException last = null;
        for (int index : order()) {
            try {
                List<Reply> replies = decode(post(endpoints.get(index), body), calls.size());
                failures.set(index, 0);
                return replies;
            } catch (IOException e) {
                last = e;
                int doublings = Math.min(failures.incrementAndGet(index) - 1, MOST_DOUBLINGS);
                pausedUntil.set(index, System.currentTimeMillis() + (FIRST_PAUSE_MILLIS << doublings));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RpcException("interrupted", e);
            }
        }
        throw new RpcException("none of the " + endpoints.size() + " RPC endpoints answers", last);
    }

    public JsonNode call(String method, Object... params) {
        return batch(List.of(Call.of(method, params))).get(0).value();
    }

    /** How many requests were sent since the start. */
    public long requests() {
        return requests.get();
    }

    /** Endpoints that are not paused first, in the order of the settings; then the paused ones. */
    private List<Integer> order() {
        long now = System.currentTimeMillis();
        return IntStream.range(0, endpoints.size()).boxed()
            .sorted((a, b) -> Boolean.compare(pausedUntil.get(a) > now, pausedUntil.get(b) > now))
            .toList();
    }

    private byte[] post(URI endpoint, byte[] body) throws IOException, InterruptedException {
        requests.incrementAndGet();
        HttpRequest request = HttpRequest.newBuilder(endpoint).timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("HTTP status " + response.statusCode());
        }
        return response.body();
    }

    private static byte[] encode(List<Call> calls) {
        ArrayNode batch = JSON.createArrayNode();
        for (int i = 0; i < calls.size(); i++) {
            batch.addObject().put("jsonrpc", "2.0").put("id", i).put("method", calls.get(i).method())
                .set("params", JSON.valueToTree(calls.get(i).params()));
        }
        try {
            return JSON.writeValueAsBytes(batch);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("parameters that JSON cannot say", e);
        }
    }

    private static List<Reply> decode(byte[] body, int count) throws IOException {
        JsonNode answers = JSON.readTree(body);
        if (!answers.isArray() || answers.size() != count) {
            throw new IOException("not an answer to a batch of " + count);
        }
        var replies = new Reply[count];
        for (JsonNode answer : answers) {
            int id = answer.path("id").asInt(-1);
            if (id < 0 || id >= count) {
                throw new IOException("an answer to no question");
            }
            JsonNode error = answer.get("error");
            replies[id] = error == null || error.isNull() ? new Reply.Result(answer.path("result"))
                : new Reply.Error(error.path("code").asInt(), error.path("message").asText(),
                    error.path("data").asText(""));
        }
        for (Reply reply : replies) {
            if (reply == null) {
                throw new IOException("an answer is missing");
            }
        }
        return List.of(replies);
    }

    @Override
    public void close() {
        http.close();
    }
}
