package io.walnut.devnet.launch;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Walnut's public API as one user sees it; without a login, as a recipient does. */
final class ApiClient {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final Optional<String> authorization;

    private ApiClient(URI portal, Optional<String> authorization) {
        this.base = portal.resolve("/api/v1/");
        this.authorization = authorization;
    }

    static ApiClient anonymous(URI portal) {
        return new ApiClient(portal, Optional.empty());
    }

    static ApiClient login(URI portal, String user, String password) {
        return new ApiClient(portal, Optional.of(basic(user, password)));
    }

    /** The Authorization header of HTTP Basic. */
    static String basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    static String query(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    JsonNode get(String path) {
        return send(request(path).GET());
    }

    JsonNode post(String path) {
        return send(posted(path).POST(BodyPublishers.noBody()));
    }

    JsonNode post(String path, Object body) {
        return send(posted(path).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    JsonNode postCsv(String path, String csv) {
        return send(posted(path).header("Content-Type", "text/csv").POST(BodyPublishers.ofString(csv)));
    }

    private HttpRequest.Builder posted(String path) {
        return request(path).header("Idempotency-Key", UUID.randomUUID().toString());
    }

    private HttpRequest.Builder request(String path) {
        var builder = HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT).header("Accept", "application/json");
        authorization.ifPresent(value -> builder.header("Authorization", value));
        return builder;
    }

    private JsonNode send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            JsonNode body = JSON.readTree(response.body());
            if (response.statusCode() >= 400) {
                throw new LaunchException("the portal refused " + request.uri().getPath() + ": " + problem(body));
            }
            return body;
        } catch (IOException e) {
            throw new LaunchException("the portal does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted while waiting for the portal", e);
        }
    }

    /** RFC 9457: every field at fault in a line of its own, or the detail. */
    private static String problem(JsonNode body) {
        JsonNode errors = body.path("errors");
        if (errors.isEmpty()) {
            return body.path("detail").asString() + " (" + body.path("code").asString() + ")";
        }
        return StreamSupport.stream(errors.spliterator(), false)
                .map(error -> "\n  " + error.path("field").asString() + ": " + error.path("message").asString())
                .collect(Collectors.joining());
    }
}
