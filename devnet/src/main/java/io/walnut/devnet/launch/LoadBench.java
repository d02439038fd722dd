package io.walnut.devnet.launch;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How fast the portal answers under a constant rate of requests, with real links, signatures and chain. */
final class LoadBench {

    /** The limits of claims are for strangers; what is measured here is the portal. */
    static final List<String> SETTINGS = List.of("-Dwalnut.claims.per-minute-per-address=1000000");

    private static final int[] RATES = {50, 200};
    /** A submission makes the links: five hundred a second. */
    private static final int[] SUBMIT_RATES = {5};
    /** Above so many failed requests in a hundred, a higher rate would only measure the queue. */
    private static final int HOPELESS = 10;
    private static final int SECONDS = Integer.getInteger("walnut.bench.seconds", 10);
    private static final int PAYMENTS = 100;
    /** At each rate, before it is measured: code and queues settle. */
    private static final int WARM_UP_SECONDS = 3;
    private static final int REVEALERS = 8;
    private static final int PAGE = 100;
    private static final Duration LINKS_LIMIT = Duration.ofMinutes(10);
    private static final String BATCH = batch(PAYMENTS);

    private final URI api;
    private final ApiClient tina;
    private final ApiClient adam;
    private final ApiClient nobody;
    private final String login;

    LoadBench(Stage stage) {
        URI portal = stage.portal().address();
        api = portal.resolve("/api/v1/");
        tina = ApiClient.login(portal, "tina", "tina-walnut");
        adam = ApiClient.login(portal, "adam", "adam-walnut");
        nobody = ApiClient.anonymous(portal);
        login = ApiClient.basic("tina", "tina-walnut");
    }

    /** Prints one row for each kind of request and rate. */
    void run(String row) {
        int claims = requests(RATES);
        long start = System.nanoTime();
        String batch = readyBatch(claims);
        List<String> bodies = signedClaims(batch, claims);
        System.out.printf(row, "deposit to %,d links ready".formatted(claims),
                Screen.seconds(Duration.ofNanos(readyNanos - start)), "");
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var loop = new OpenLoop(http);
            measure(row, "list links, 100 a page", loop, 200, RATES, i -> authorized("links?limit=100").GET());
            measure(row, "claim accepted", loop, 202, RATES, i -> request("claims")
                    .header("Content-Type", "application/json").POST(BodyPublishers.ofString(bodies.get(i))));
            awaitPaid(batch);
            measure(row, "create a batch of " + PAYMENTS, loop, 201, RATES, i -> once("batches")
                    .header("Content-Type", "application/json").POST(BodyPublishers.ofString(BATCH)));
            List<String> drafts = drafts(requests(SUBMIT_RATES));
            measure(row, "submit a batch of " + PAYMENTS, loop, 200, SUBMIT_RATES,
                    i -> once("batches/" + drafts.get(i) + "/submit").POST(BodyPublishers.noBody()));
        }
    }

    private long readyNanos;

    private static void measure(String row, String what, OpenLoop loop, int expected, int[] rates,
            IntFunction<HttpRequest.Builder> request) {
        int from = 0;
        for (int rate : rates) {
            int first = from;
            int measured = first + rate * WARM_UP_SECONDS;
            loop.run(rate, rate * WARM_UP_SECONDS, expected, i -> request.apply(first + i));
            OpenLoop.Outcome outcome = loop.run(rate, rate * SECONDS, expected, i -> request.apply(measured + i));
            from = measured + rate * SECONDS;
            System.out.printf(row, what + ", " + rate + "/s: p50",
                    millis(outcome.median()), "");
            System.out.printf(row, "  p99", millis(outcome.p99()), "< 100 ms");
            System.out.printf(row, "  worst", millis(outcome.worst()), "");
            System.out.printf(row, "  errors in " + outcome.sent(), Integer.toString(outcome.errors()), "0");
            if (outcome.firstError() != null) {
                System.out.println("    the first: " + outcome.firstError());
            }
            if (outcome.errors() * 100L > (long) HOPELESS * outcome.sent()) {
                System.out.println("    this machine cannot bear that, so no higher rate is tried");
                return;
            }
        }
    }

    /** How many requests a measurement at these rates sends. */
    private static int requests(int[] rates) {
        return IntStream.of(rates).map(rate -> rate * (WARM_UP_SECONDS + SECONDS)).sum();
    }

    private List<String> drafts(int count) {
        JsonNode body = JsonMapper.shared().readTree(BATCH);
        return IntStream.range(0, count).mapToObj(i -> tina.post("batches", body).path("id").asString()).toList();
    }

    private String readyBatch(int payments) {
        String id = tina.post("batches", JsonMapper.shared().readTree(batch(payments))).path("id").asString();
        tina.post("batches/" + id + "/submit");
        adam.post("batches/" + id + "/approve");
        tina.post("batches/" + id + "/fund");
        long end = System.nanoTime() + LINKS_LIMIT.toNanos();
        while (true) {
            String state = tina.get("batches/" + id).path("state").asString();
            if (state.equals("ready")) {
                readyNanos = System.nanoTime();
                return id;
            }
            if (state.equals("failed") || System.nanoTime() > end) {
                throw new LaunchException("the links for the load bench are not ready: the batch is " + state);
            }
            pause();
        }
    }

    /** What was taken in goes on being relayed for a while, which is not what is measured next. */
    private void awaitPaid(String batch) {
        long end = System.nanoTime() + LINKS_LIMIT.toNanos();
        String pending = "links?limit=1&state=claim_pending&" + ApiClient.query("batch", batch);
        while (!tina.get(pending).path("data").isEmpty()) {
            if (System.nanoTime() > end) {
                throw new LaunchException("the claims of the load bench are not paid in time");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted in the load bench", e);
        }
    }

    /** One claim a link, signed as a recipient's browser does, to a fresh address each. */
    private List<String> signedClaims(String batch, int count) {
        var ids = new ArrayList<String>();
        JsonNode page;
        String after = "";
        do {
            page = tina.get("links?limit=" + PAGE + "&" + ApiClient.query("batch", batch) + after).path("data");
            page.forEach(link -> ids.add(link.path("id").asString()));
            after = "&starting_after=" + ids.getLast();
        } while (ids.size() < count);
        JsonNode quote = nobody.get("escrow").path("claim_quote");
        try (ExecutorService threads = Executors.newFixedThreadPool(REVEALERS)) {
            List<Future<String>> bodies = ids.stream().map(id -> threads.submit(() -> {
                URI url = URI.create(tina.post("links/" + id + "/reveal").path("url").asString());
                return JsonMapper.shared().writeValueAsString(Recipient.withFreshAddress(url).claims(quote).getFirst());
            })).toList();
            return bodies.stream().map(LoadBench::result).toList();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new LaunchException("a link cannot be revealed: " + e.getMessage(), e);
        }
    }

    private HttpRequest.Builder authorized(String path) {
        return request(path).header("Authorization", login);
    }

    private HttpRequest.Builder once(String path) {
        return authorized(path).header("Idempotency-Key", UUID.randomUUID().toString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path)).header("Accept", "application/json");
    }

    private static String batch(int payments) {
        return "{\"title\":\"load\",\"payments\":[" + IntStream.range(0, payments)
                .mapToObj(i -> "{\"amount\":\"" + (1_000_000 + i) + "\",\"reference\":\"INV-" + i + "\"}")
                .collect(Collectors.joining(",")) + "]}";
    }

    private static String millis(Duration time) {
        return "%.1f ms".formatted(time.toNanos() / 1e6);
    }
}
