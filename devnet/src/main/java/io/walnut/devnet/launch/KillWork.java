package io.walnut.devnet.launch;

import io.walnut.contracts.Address;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** What goes on while parts are killed: batches from draft to paid, by people who try again when nobody answers. */
final class KillWork {

    /** What is to become of a link. */
    enum Fate { CLAIMED, CANCELLED, READY }

    /** @param recipient fresh; of a link that nobody claims it stays empty */
    record Expected(String link, BigInteger amount, Fate fate, Address recipient) {
    }

    private static final String TREASURER = ApiClient.basic("tina", "tina-walnut");
    private static final String APPROVER = ApiClient.basic("adam", "adam-walnut");
    private static final String AUDITOR = ApiClient.basic("olga", "olga-walnut");
    private static final int PAGE = 100;
    private static final int FATES = 10;
    private static final SecureRandom RANDOM = new SecureRandom();
    /** The smallest standard notes: 0.0001 of a coin. */
    private static final BigInteger STANDARD_WEI = BigInteger.TEN.pow(14);
    private static final BigInteger STANDARD_NRLC = BigInteger.TEN.pow(5);

    private final PatientClient tina;
    private final PatientClient adam;
    private final PatientClient olga;
    private final PatientClient nobody;
    private final List<Address> tokens;
    private final Queue<Expected> expected = new ConcurrentLinkedQueue<>();
    private final Queue<String> batches = new ConcurrentLinkedQueue<>();
    private final AtomicInteger retries = new AtomicInteger();

    /** @param tokens what batches are paid in, in turn; zero for the native coin */
    KillWork(HttpClient http, URI portal, List<Address> tokens) {
        tina = new PatientClient(http, portal, Optional.of(TREASURER));
        adam = new PatientClient(http, portal, Optional.of(APPROVER));
        olga = new PatientClient(http, portal, Optional.of(AUDITOR));
        nobody = new PatientClient(http, portal, Optional.empty());
        this.tokens = tokens;
    }

    List<Expected> expected() {
        return List.copyOf(expected);
    }

    List<String> batches() {
        return List.copyOf(batches);
    }

    /** How often a person had to ask the enclave again. */
    int retries() {
        return retries.get();
    }

    PatientClient auditor() {
        return olga;
    }

    /** One batch from its draft until each of its links has met its fate. */
    void batch(int number, int links) {
        String id = tina.post("batches", "batch-" + number, body(number, links)).path("id").asString();
        batches.add(id);
        step(tina, "batches/" + id, "submit", "draft");
        step(adam, "batches/" + id, "approve", "submitted");
        tina.post("batches/" + id + "/fund", "fund-" + id, null);
        awaitReady(id);
        var waiting = new ArrayList<Expected>();
        for (JsonNode link : links(id)) {
            waiting.add(begin(link));
        }
        for (Expected one : waiting) {
            String state = one.fate().name().toLowerCase(java.util.Locale.ROOT);
            tina.await("links/" + one.link(), link -> link.path("state").asString().equals(state));
        }
    }

    private Map<String, Object> body(int number, int links) {
        Address token = tokens.get(number % tokens.size());
        boolean standard = number % 5 == 4;
        BigInteger unit = !standard ? BigInteger.ONE : token.isZero() ? STANDARD_WEI : STANDARD_NRLC;
        List<Map<String, String>> payments = IntStream.range(0, links).mapToObj(i ->
                Map.of("amount", unit.multiply(BigInteger.valueOf(1_000L * (number + 1) + i)).toString())).toList();
        return Map.of("title", "batch " + number, "token", token.toString(),
                "policy", standard ? "standard" : "exact", "payments", payments);
    }

    /** The answer to a step may get lost: the batch's state tells whether it was taken. */
    private static void step(PatientClient client, String path, String step, String before) {
        while (client.get(path).path("state").asString().equals(before)) {
            client.post(path + "/" + step, step + path, null);
        }
    }

    private void awaitReady(String id) {
        while (true) {
            String state = tina.await("batches/" + id, batch -> isIn(batch, "ready", "failed")).path("state").asString();
            if (state.equals("ready")) {
                return;
            }
            retries.incrementAndGet();
            tina.post("batches/" + id + "/retry", "retry-" + id + Instant.now(), null);
        }
    }

    private static boolean isIn(JsonNode json, String... states) {
        return List.of(states).contains(json.path("state").asString());
    }

    private Expected begin(JsonNode link) {
        String id = link.path("id").asString();
        Fate fate = switch (link.path("index").asInt() % FATES) {
            case 7 -> Fate.CANCELLED;
            case 9 -> Fate.READY;
            default -> Fate.CLAIMED;
        };
        byte[] address = new byte[Address.LENGTH];
        RANDOM.nextBytes(address);
        var one = new Expected(id, new BigInteger(link.path("amount").asString()), fate, Address.of(address));
        expected.add(one);
        if (fate == Fate.CANCELLED) {
            tina.post("links/" + id + "/cancel", "cancel-" + id, null);
        } else if (fate == Fate.CLAIMED) {
            URI url = URI.create(tina.post("links/" + id + "/reveal", "reveal-" + id, null).path("url").asString());
            JsonNode quote = nobody.get("escrow").path("claim_quote");
            for (Map<String, Object> claim : new Recipient(one.recipient(), url).claims(quote)) {
                nobody.post("claims", "claim", claim);
            }
        }
        return one;
    }

    /** All links of a batch, or of all batches when it is null. */
    List<JsonNode> links(String batch) {
        var links = new ArrayList<JsonNode>();
        String after = "";
        JsonNode page;
        do {
            page = tina.get("links?limit=" + PAGE + (batch == null ? "" : "&batch=" + batch) + after);
            page.path("data").forEach(links::add);
            after = links.isEmpty() ? "" : "&starting_after=" + links.getLast().path("id").asString();
        } while (page.path("has_more").asBoolean());
        return links;
    }
}
