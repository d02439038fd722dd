package io.walnut.devnet.launch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API for a caller whose portal may be gone for a while: every request is repeated, under one
 * {@code Idempotency-Key}, until it is answered well.
 */
final class PatientClient {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClient http;
    private final URI base;
    private final Optional<String> authorization;

    PatientClient(HttpClient http, URI portal, Optional<String> authorization) {
        this.http = http;
        this.base = portal.resolve("/api/v1/");
        this.authorization = authorization;
    }

    JsonNode get(String path) {
        return insist(request(path).GET());
    }

    /** @param key of this request and no other @param body null for none */
    JsonNode post(String path, String key, Object body) {
        return insist(request(path).header("Idempotency-Key", key).header("Content-Type", "application/json")
                .POST(body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    JsonNode await(String path, Predicate<JsonNode> wanted) {
        Instant end = Instant.now().plus(PATIENCE);
        JsonNode last = null;
        while (Instant.now().isBefore(end)) {
            last = get(path);
            if (wanted.test(last)) {
                return last;
            }
            pause();
        }
        throw new LaunchException(path + " stayed " + last);
    }

    private HttpRequest.Builder request(String path) {
        var builder = HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT).header("Accept", "application/json");
        authorization.ifPresent(value -> builder.header("Authorization", value));
        return builder;
    }

    private JsonNode insist(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        Instant end = Instant.now().plus(PATIENCE);
        String last = "";
        while (Instant.now().isBefore(end)) {
            try {
                HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
                if (response.statusCode() < 300) {
                    return JSON.readTree(response.body());
                }
                last = response.statusCode() + " " + new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
            } catch (IOException e) {
                last = e.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LaunchException("interrupted while waiting for the portal", e);
            }
            pause();
        }
        throw new LaunchException(request.method() + " " + request.uri().getPath() + " gave " + last);
    }

    static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted while waiting for the portal", e);
        }
    }
}
