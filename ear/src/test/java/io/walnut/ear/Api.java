package io.walnut.ear;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A user of the API. */
final class Api {
    static final Api NOBODY = new Api(null);
    static final Api TINA = new Api("tina");
    static final Api ADAM = new Api("adam");
    static final Api OLGA = new Api("olga");

    /** How long anything is waited for: a slow machine is no fault, and what is right does not wait. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final String authorization;

    private final URI portal;

    private Api(String user) {
        this(user, null);
    }

    /** @param portal null for the one that Arquillian started */
    Api(String user, URI portal) {
        this(portal, user == null ? null : "Basic "
            + Base64.getEncoder().encodeToString((user + ':' + user + "-walnut").getBytes(StandardCharsets.UTF_8)));
    }

    private Api(URI portal, String authorization) {
        this.portal = portal;
        this.authorization = authorization;
    }

    /** Somebody who logs in with a token. */
    static Api bearer(String token, URI portal) {
        return new Api(portal, "Bearer " + token);
    }

    /** What was answered. */
    record Answer(int status, JsonNode body, Map<String, java.util.List<String>> headers) {
        /** The body, when the status is the given one. */
        JsonNode expect(int wanted) {
            assertEquals(wanted, status, () -> String.valueOf(body));
            return body;
        }

        /** The code of a problem document with the given status. */
        String problem(int wanted) {
            expect(wanted);
            assertEquals("application/problem+json", headers.get("content-type").get(0).split(";")[0]);
            return body.get("code").asString();
        }
    }

    Answer get(String path) {
        return send("GET", path, null, null, Map.of());
    }

    Answer post(String path) {
        return send("POST", path, null, null, Map.of());
    }

    Answer post(String path, String json) {
        return send("POST", path, json, "application/json", Map.of());
    }

    Answer post(String path, String json, String idempotencyKey) {
        return send("POST", path, json, "application/json", Map.of("Idempotency-Key", idempotencyKey));
    }

    Answer csv(String path, String csv) {
        return send("POST", path, csv, "text/csv", Map.of());
    }

    Answer send(String method, String path, String body, String type, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create((portal == null ? TestBed.portal() : portal) + "/api/v1/" + path))
            .timeout(LIMIT)
            .method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (type != null) {
            request.header("Content-Type", type);
        }
        headers.forEach(request::header);
        try {
            return send(request.build());
        } catch (IOException e) {
            throw new UncheckedIOException(method + ' ' + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A document of another kind than JSON. */
    String text(String path) {
        var request = HttpRequest.newBuilder(URI.create((portal == null ? TestBed.portal() : portal) + "/api/v1/" + path))
            .timeout(LIMIT).header("Authorization", authorization).build();
        try {
            var response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(200, response.statusCode(), response::body);
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What is not part of the API. */
    static Answer fetch(URI address) {
        try {
            return send(HttpRequest.newBuilder(address).timeout(LIMIT).build());
        } catch (IOException e) {
            throw new UncheckedIOException(address.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** An answer that does not end. @param lastEventId null for none */
    InputStream stream(String path, String lastEventId) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create((portal == null ? TestBed.portal() : portal) + "/api/v1/" + path))
            .timeout(LIMIT).header("Authorization", authorization).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()).body();
    }

    /** Reads lines until the stream is closed. */
    static void lines(InputStream stream, Queue<String> lines) {
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            // Closed by whoever has heard enough.
        }
    }

    private static Answer send(HttpRequest request) throws IOException, InterruptedException {
        var response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        boolean json = response.headers().firstValue("content-type").filter(t -> t.contains("json")).isPresent();
        return new Answer(response.statusCode(), json ? JSON.readTree(response.body()) : null,
            response.headers().map());
    }

    /** Asks until the server is there and answers well, as a client does whose server may be gone for a while. */
    JsonNode insist(String method, String path, String json, String idempotencyKey) {
        Map<String, String> headers = idempotencyKey == null ? Map.of()
            : Map.of("Idempotency-Key", idempotencyKey + path);
        Instant end = Instant.now().plus(PATIENCE);
        Object last = null;
        while (Instant.now().isBefore(end)) {
            try {
                Answer answer = send(method, path, json, json == null ? null : "application/json", headers);
                if (answer.status() < 300) {
                    return answer.body();
                }
                last = answer;
            } catch (UncheckedIOException e) {
                last = e;
            }
            pause();
        }
        throw new AssertionError(method + ' ' + path + " gave " + last);
    }

    /** Asks again until the answer is as wanted. */
    JsonNode await(String path, Duration limit, Predicate<JsonNode> wanted) {
        Instant end = Instant.now().plus(limit);
        JsonNode last = null;
        while (Instant.now().isBefore(end)) {
            last = insist("GET", path, null, null);
            if (wanted.test(last)) {
                return last;
            }
            pause();
        }
        throw new AssertionError(path + " stayed " + last);
    }

    static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static Predicate<JsonNode> state(String wanted) {
        return json -> json.get("state").asString().equals(wanted);
    }
}
