package io.walnut.ear;

import static io.walnut.ear.Api.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The portal is killed at random moments, while it funds, asks the enclave and relays claims, and started
 * again; then the books are checked against the chain. {@code -Dwalnut.it.kills} and
 * {@code -Dwalnut.it.links} make it longer.
 */
class KilledPortalIT {
    private static final Duration PATIENCE = Duration.ofSeconds(300);
    private static final int KILLS = Integer.getInteger("walnut.it.kills", 3);
    private static final int LINKS = Integer.getInteger("walnut.it.links", 40);
    private static final int LONGEST_LIFE_MILLIS = 6_000;

    @Test
    void nothingIsLostAndNothingIsPaidTwice() throws Exception {
        long seed = System.nanoTime();
        System.out.println("kills " + KILLS + ", links " + LINKS + ", seed " + seed);
        try (var server = new ServerProcess("killed", List.of("-Dwalnut.claims.per-minute-per-address=100000"));
            ExecutorService killer = Executors.newSingleThreadExecutor()) {
            server.start();
            Api tina = new Api("tina", server.address());
            var begun = new CountDownLatch(1);
            Future<?> kills = killer.submit(() -> killAtRandom(server, new Random(seed), begun));

            String batch = tina.insist("POST", "batches", body(), "batch").get("id").asString();
            begun.countDown();
            settle(tina, "batches/" + batch, "submit", "draft");
            settle(new Api("adam", server.address()), "batches/" + batch, "approve", "submitted");
            tina.insist("POST", "batches/" + batch + "/fund", null, "fund");
            tina.await("batches/" + batch, PATIENCE, state("ready"));

            var recipients = claimAll(server, tina, batch);
            kills.get();
            for (JsonNode link : links(tina, batch)) {
                tina.await("links/" + link.get("id").asString(), PATIENCE, state("claimed"));
            }
            for (int i = 0; i < LINKS; i++) {
                assertEquals(BigInteger.valueOf(1_000 + i), recipients.get(i).balance(), "link " + i);
            }
            assertEquals(LINKS, links(tina, batch).size());
            assertEquals("mail_not_configured",
                tina.post("links/" + links(tina, batch).get(0).get("id").asString() + "/send").problem(422));
            assertTrue(new Api("olga", server.address()).get("events/verify").expect(200).get("intact").asBoolean());
        }
    }

    private static Void killAtRandom(ServerProcess server, Random random, CountDownLatch begun) throws Exception {
        begun.await();
        for (int i = 0; i < KILLS; i++) {
            Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
            server.kill();
            server.start();
        }
        return null;
    }

    /** A step that may have been done already when the answer to it was lost. */
    private static void settle(Api api, String path, String step, String before) {
        while (api.insist("GET", path, null, null).get("state").asString().equals(before)) {
            api.insist("POST", path + '/' + step, null, step);
        }
    }

    private static List<Recipient> claimAll(ServerProcess server, Api tina, String batch) {
        var recipients = new ArrayList<Recipient>();
        IntStream.range(0, LINKS).forEach(i -> recipients.add(new Recipient()));
        Api nobody = new Api(null, server.address());
        for (JsonNode link : links(tina, batch)) {
            String url = tina.insist("POST", "links/" + link.get("id").asString() + "/reveal", null, null)
                .get("url").asString();
            Recipient recipient = recipients.get(link.get("index").asInt());
            nobody.insist("POST", "claims", recipient.claim(url, 0, nobody).toString(), null);
        }
        return recipients;
    }

    private static List<JsonNode> links(Api api, String batch) {
        var links = new ArrayList<JsonNode>();
        String after = "";
        JsonNode page;
        do {
            page = api.insist("GET", "links?limit=100&batch=" + batch + after, null, null);
            page.get("data").forEach(links::add);
            after = "&starting_after=" + links.get(links.size() - 1).get("id").asString();
        } while (page.get("has_more").asBoolean());
        return links;
    }

    private static String body() {
        List<String> payments = IntStream.range(0, LINKS).mapToObj(i -> "{\"amount\":\"" + (1_000 + i) + "\"}").toList();
        return "{\"title\":\"killed\",\"payments\":[" + String.join(",", payments) + "]}";
    }
}
