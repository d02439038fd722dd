package io.walnut.privacy.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A node of the auditor's choice. It is believed: an auditor who doubts it asks another. */
final class JsonRpc implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int MAX_LENGTH = 4 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final URI node;

    JsonRpc(URI node) {
        this.node = node;
    }

    /**
     * @param params {@code null}, strings, booleans, maps and lists
     * @return the member {@code result}, which may be JSON null
     * @throws IOException when the node cannot be reached, answers with an error, or not at all like a node
     */
    JsonNode call(String method, Object... params) throws IOException {
        var body = JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1).put("method", method);
        body.set("params", JSON.valueToTree(List.of(params)));
        var request = HttpRequest.newBuilder(node).timeout(LIMIT).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())).build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            JsonNode answer = JSON.readTree(text(response.body()));
            if (answer == null || !answer.has("result")) {
                throw new IOException("the node refused " + method + " (HTTP " + response.statusCode() + ")");
            }
            return answer.get("result");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the node", e);
        }
    }

    private static String text(InputStream body) throws IOException {
        try (body) {
            byte[] bytes = body.readNBytes(MAX_LENGTH + 1);
            if (bytes.length > MAX_LENGTH) {
                throw new IOException("the node's answer is too long");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
