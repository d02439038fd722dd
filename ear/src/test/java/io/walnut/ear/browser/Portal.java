package io.walnut.ear.browser;

import io.walnut.ear.TestBed;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Makes links over the API, for the tests of what can happen to a link once it is there. */
final class Portal {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BATCH = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(500);

    /** A link and what it is called. */
    record Payment(String reference, String url) {
    }

    private Portal() {
    }

    /**
     * Begins a batch of that many equal payments, with openings. The first two payments of many have an
     * address.
     *
     * @param more members of its JSON, each with a comma
     */
    static String begin(String title, int count, String amount, String more) {
        String id = draft(title, count, amount, more);
        call("tina", "POST", "batches/" + id + "/submit", "{}");
        call("adam", "POST", "batches/" + id + "/approve", "{}");
        call("tina", "POST", "batches/" + id + "/fund", "{}");
        return id;
    }

    /** The same, without handing it in. */
    static String draft(String title, int count, String amount, String more) {
        String payments = IntStream.range(0, count).mapToObj(i ->
            "{\"amount\":\"" + amount + "\",\"reference\":\"" + title + '-' + i + '"'
                + (count > 2 && i < 2 ? ",\"email\":\"" + title + i + "@two.example\"}" : "}")).collect(Collectors.joining(","));
        return call("tina", "POST", "batches", "{\"title\":\"" + title + "\",\"openings\":true," + more
            + "\"payments\":[" + payments + "]}").get("id").asString();
    }

    /** The links of a batch, once they are ready; the first payment's comes last. */
    static Deque<Payment> links(String batch) {
        Instant end = Instant.now().plus(BATCH);
        String state = "";
        while (!"ready".equals(state)) {
            if (Instant.now().isAfter(end) || "failed".equals(state)) {
                throw new AssertionError("the batch is " + state + ", not ready");
            }
            pause();
            state = call("tina", "GET", "batches/" + batch, null).get("state").asString();
        }
        var links = new ArrayDeque<Payment>();
        call("tina", "GET", "links?limit=100&batch=" + batch, null).get("data").forEach(link ->
            links.add(new Payment(link.get("reference").asString(),
                call("tina", "POST", "links/" + link.get("id").asString() + "/reveal", "{}").get("url").asString())));
        return links;
    }

    /** Returns when nobody can claim the batch's links any more. */
    static void awaitExpired(String batch) {
        Instant end = Instant.now().plus(BATCH);
        while (call("tina", "GET", "links?state=expired&batch=" + batch, null).get("data").isEmpty()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("the links do not expire");
            }
            pause();
        }
    }

    private static JsonNode call(String user, String method, String path, String body) {
        String login = Base64.getEncoder().encodeToString((user + ':' + user + "-walnut").getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(TestBed.portal().resolve("/api/v1/" + path))
            .header("Authorization", "Basic " + login).header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
            .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new AssertionError(method + ' ' + path + " gave " + response.statusCode() + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
