package io.walnut.ear;

import static io.walnut.ear.Api.PATIENCE;
import static io.walnut.ear.Api.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What an operator sees of a server: health, figures, and logs; and what a start without its keys says. */
class OperationsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern FIGURE = Pattern.compile("^(walnut_\\S+) (\\S+)$", Pattern.MULTILINE);
    private static final int LISTENERS = 20;
    private static final String MAIL_PASSWORD = "portal-mail";

    private static Relay rpc;
    private static HttpServer listener;
    private static ServerProcess server;
    private static Api tina;
    private static Api olga;
    private static Api nobody;
    private static Map<String, Double> atStart;

    @BeforeAll
    static void startServer() throws Exception {
        rpc = new Relay(TestBed.freePort());
        listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        listener.start();
        var settings = new ArrayList<>(TestBed.mailbox().settings());
        settings.addAll(List.of("-Dwalnut.escrow.rpc-urls=" + rpc.url(), "-Dwalnut.health.stale-after-seconds=5",
            "-Dwalnut.webhooks.allow-private=true", "-Dwalnut.health.low-tasks=1000000000",
            "-Dwalnut.portal.url=https://pay.example.org"));
        server = new ServerProcess("operations", settings);
        server.configure("embed-server,run-batch --file=" + ServerProcess.script("json-logs-add.cli")
            + ",/subsystem=logging/logger=io.walnut.web.problem.RequestId:add(level=DEBUG)");
        server.start();
        tina = new Api("tina", server.address());
        olga = new Api("olga", server.address());
        nobody = new Api(null, server.address());
        atStart = figures();
    }

    @AfterAll
    static void stopServer() {
        server.close();
        listener.stop(0);
        rpc.close();
    }

    @Test
    void everyStepOfALifeIsCountedAndNoSecretIsLogged() throws Exception {
        Map<String, Double> before = figures();
        JsonNode endpoint = tina.post("webhook-endpoints",
            "{\"url\":\"http://127.0.0.1:" + listener.getAddress().getPort() + "/\"}").expect(201);
        assertEquals(0, atStart.get(transitions("transaction,bumped")), "known before it happens");
        String batch = approved("counted", "1250000");
        fundAndSeeInABlock(batch, before);
        tina.await("batches/" + batch, PATIENCE, state("ready"));
        JsonNode link = tina.get("links?batch=" + batch).expect(200).get("data").get(0);
        String url = tina.post("links/" + id(link) + "/reveal").expect(200).get("url").asString();
        tina.post("links/" + id(link) + "/send", "{\"email\":\"carl@example.org\"}").expect(202);
        TestBed.mailbox().await("carl@example.org");
        nobody.post("claims", new Recipient().claim(url, 0, nobody).toString()).expect(202);
        tina.await("links/" + id(link), PATIENCE, state("claimed"));
        assertEquals("batch_not_found", tina.get("batches/bat_none").problem(404));

        for (String step : List.of("batch,draft", "batch,submitted", "batch,awaiting_deposit", "batch,deposited",
            "batch,finalized", "batch,computing", "batch,ready", "deposit,awaiting", "deposit,seen", "deposit,final",
            "deposit,computing", "deposit,signed", "task,prepared", "task,requested", "task,running", "task,computed",
            "task,completed", "link,issued", "link,ready", "link,claim_pending", "link,claimed", "claim,queued",
            "claim,settled", "mail,queued", "mail,sent", "webhook,pending", "webhook,delivered", "transaction,queued",
            "transaction,signed", "transaction,sent", "transaction,mined", "transaction,settled")) {
            awaitGrowth(transitions(step), before);
        }
        for (String figure : List.of("walnut_events_total{type=\"link.claimed\"}",
            "walnut_attempts_total{object=\"webhook\"}", "walnut_attempts_total{object=\"transaction\"}",
            "walnut_problems_total{code=\"batch_not_found\"}", "walnut_chain_block{kind=\"finalized\"}")) {
            awaitGrowth(figure, before);
        }
        Map<String, Double> now = figures();
        assertEquals(1, now.get(transitions("link,claimed")) - before.get(transitions("link,claimed")),
            "one link, counted once");
        assertNoSecretIsLogged(url, endpoint.get("secret").asString());
    }

    /** What is final before anybody has looked was never seen in a block that may be undone: no more blocks until then. */
    private static void fundAndSeeInABlock(String batch, Map<String, Double> before) {
        Chain.hold();
        try {
            tina.post("batches/" + batch + "/fund").expect(200);
            awaitGrowth(transitions("transaction,sent"), before);
            Chain.mine();
            awaitGrowth(transitions("batch,deposited"), before);
            awaitGrowth(transitions("transaction,mined"), before);
        } finally {
            Chain.goOn();
        }
    }

    /** The figure of a step. @param step object and state with a comma between */
    private static String transitions(String step) {
        String[] parts = step.split(",");
        return "walnut_transitions_total{object=\"" + parts[0] + "\",state=\"" + parts[1] + "\"}";
    }

    private static void assertNoSecretIsLogged(String url, String webhookSecret) throws IOException {
        String fragment = url.substring(url.indexOf('#') + 1);
        String basic = Base64.getEncoder().encodeToString("tina:tina-walnut".getBytes(StandardCharsets.UTF_8));
        var secrets = new ArrayList<>(List.of(fragment, fragment.substring(fragment.length() / 2), "tina-walnut", basic,
            webhookSecret.substring("whsec_".length()), MAIL_PASSWORD));
        var settings = new Properties();
        settings.load(new StringReader(Files.readString(Path.of(System.getProperty("walnut.it.properties")))));
        for (String name : settings.stringPropertyNames()) {
            if (name.endsWith("keystore-password-file")) {
                secrets.add(Files.readString(Path.of(settings.getProperty(name))).strip());
            }
        }
        assertEquals(9, secrets.size());
        String logged = server.log() + Files.readString(server.base().resolve("log/server.log"));
        assertTrue(logged.contains("/reveal 200"), "the steps themselves are in the log");
        secrets.forEach(secret -> assertFalse(logged.contains(secret), () -> "logged: " + secret));
    }

    @Test
    void figuresAreForMonitorsAndAuditorsOnly() {
        olga.get("metrics").expect(200);
        assertEquals("role_needed", tina.get("metrics").problem(403));
        assertEquals("login_needed", nobody.get("metrics").problem(401));
    }

    @Test
    void aNodeIsReadyOnlyWhileItSeesTheChainAndAlwaysLive() throws Exception {
        assertEquals("UP", awaitReady("UP").get("status").asString());
        Api.fetch(server.management().resolve("/health/ready")).expect(200);
        for (String check : List.of("database", "chain", "iexec", "relayer", "treasury")) {
            assertEquals("UP", check(awaitReady("UP"), check).get("status").asString());
        }
        rpc.shut();
        try {
            JsonNode down = awaitReady("DOWN");
            assertEquals("DOWN", check(down, "chain").get("status").asString());
            assertEquals("UP", check(down, "database").get("status").asString());
            assertEquals("UP", health("live").body().get("status").asString());
            assertEquals("down", nobody.await("health", PATIENCE, h -> h.get("status").asString().equals("down"))
                .get("chain").get("status").asString());
            awaitFigure("walnut_up{check=\"chain\"}", 0.0);
            tina.get("batches?limit=1").expect(200);
        } finally {
            rpc.open();
        }
        awaitReady("UP");
        awaitFigure("walnut_up{check=\"chain\"}", 1.0);
        // What a timer's round has to say about the outage carries that round's id.
        awaitLine(line -> line.path("message").asString("").startsWith("watching the escrow: ")
            && line.path("mdc").path("request_id").asString("").startsWith("tick_"));
    }

    @Test
    void aWalletThatRunsLowIsSeenBeforeItIsEmpty() {
        String relayer = nobody.get("health").expect(200).get("relayer").get("address").asString();
        String before = Chain.rpc("eth_getBalance", "[\"" + relayer + "\",\"latest\"]").asString();
        Chain.rpc("anvil_setBalance", "[\"" + relayer + "\",\"0x9184e72a000\"]");
        try {
            // A warning only; and there is less than a billion tasks' worth.
            JsonNode low = nobody.await("health", PATIENCE, h -> h.get("relayer").get("status").asString().equals("low")
                && h.get("status").asString().equals("up") && h.get("iexec").get("rlc").asString().equals("low")
                && h.get("iexec").get("gas").asString().equals("ok"));
            assertFalse(low.get("iexec").toString().contains("0x"), "the requester is not told");
            await("a node that is ready and says so", () -> check(awaitReady("UP"), "relayer").get("data").get("wallet")
                .asString().equals("low"));
            awaitFigure("walnut_wallet_low{wallet=\"relayer\"}", 1.0);
        } finally {
            Chain.rpc("anvil_setBalance", "[\"" + relayer + "\",\"" + before + "\"]");
        }
        nobody.await("health", PATIENCE, h -> h.get("relayer").get("status").asString().equals("ok"));
        awaitFigure("walnut_wallet_low{wallet=\"relayer\"}", 0.0);
    }

    @Test
    void anotherPasswordCountsWithinSeconds() throws IOException {
        var adam = new Api("adam", server.address());
        adam.get("me").expect(200);
        setPassword("adam", "another");
        try {
            await("the old password to be refused", () -> adam.get("me").status() == 401);
        } finally {
            setPassword("adam", "adam-walnut");
        }
        await("the new one to be taken", () -> adam.get("me").status() == 200);
    }

    private static void setPassword(String user, String password) throws IOException {
        server.command("/subsystem=elytron/filesystem-realm=WalnutRealm:set-password(identity=" + user
            + ",digest={algorithm=digest-sha-512,realm=Walnut,password=" + password + "})");
    }

    @Test
    void aRequestIsFoundInTheLogByItsId() throws Exception {
        Api.Answer named = tina.send("GET", "batches/bat_none", null, null, Map.of("X-Request-Id", "erp-4711.a_b"));
        assertEquals("erp-4711.a_b", named.headers().get("x-request-id").get(0));
        assertEquals("erp-4711.a_b", named.body().get("request_id").asString());
        JsonNode line = awaitLine(l -> "erp-4711.a_b".equals(l.path("mdc").path("request_id").asString("")));
        assertTrue(line.get("message").asString().startsWith("GET /api/v1/batches/bat_none 404 "), line::toString);

        Api.Answer forged = tina.send("GET", "batches/bat_none", null, null, Map.of("X-Request-Id", "a b\"{}"));
        String made = forged.headers().get("x-request-id").get(0);
        assertTrue(made.matches("req_[0-9a-z]{26}"), made);
        assertEquals(made, forged.body().get("request_id").asString());
        awaitLine(l -> made.equals(l.path("mdc").path("request_id").asString("")));

        Api.Answer stranger = nobody.send("GET", "batches", null, null, Map.of("X-Request-Id", "erp-4712"));
        assertEquals("erp-4712", stranger.headers().get("x-request-id").get(0));
        assertEquals("erp-4712", stranger.body().get("request_id").asString());
        assertNotEquals(made, tina.get("me").headers().get("x-request-id").get(0));
    }

    @Test
    void aListenerWhoLeavesIsForgottenWithoutAWordInTheLog() throws Exception {
        String listeners = "walnut_event_listeners";
        int logged = server.log().length();
        var streams = new ArrayList<InputStream>();
        for (int i = 0; i < LISTENERS; i++) {
            InputStream stream = tina.stream("events/stream", null);
            streams.add(stream);
            assertTrue(stream.read() >= 0);
        }
        await("all to listen", () -> figures().get(listeners) == LISTENERS);
        for (InputStream stream : streams) {
            stream.close();
        }
        // The server notices when it next sends something.
        await("nobody to listen", () -> figures().get(listeners) == 0);
        String since = server.log().substring(logged);
        assertFalse(since.contains("UT005088"), since);
        assertFalse(since.contains("ClosedChannelException"), since);
    }

    @Test
    void withoutItsSealingKeysTheServerSaysWhatToRestoreAndChangesNothing() throws Exception {
        String batch = ready("sealed", "77");
        JsonNode link = tina.get("links?batch=" + batch).expect(200).get("data").get(0);
        String url = tina.post("links/" + id(link) + "/reveal").expect(200).get("url").asString();
        Path keys = server.base().resolve("data/walnut-secrets.cs");
        Path kept = server.base().resolve("walnut-secrets.cs.kept");
        server.kill();
        Files.move(keys, kept);
        server.launch();
        server.awaitLog("open none of the secrets in the database", PATIENCE);
        server.awaitLog("restore walnut-secrets.cs from its backup", PATIENCE);
        assertNotEquals(200, awaitStatus(server.address().resolve("/api/v1/health"), status -> status > 0));
        server.kill();
        Files.deleteIfExists(keys);
        Files.move(kept, keys);
        server.start();
        assertEquals(url, tina.post("links/" + id(link) + "/reveal").expect(200).get("url").asString());
    }

    private static String ready(String title, String amount) {
        String batch = approved(title, amount);
        tina.post("batches/" + batch + "/fund").expect(200);
        tina.await("batches/" + batch, PATIENCE, state("ready"));
        return batch;
    }

    private static String approved(String title, String amount) {
        String batch = id(tina.post("batches", "{\"title\":\"" + title + "\",\"payments\":[{\"amount\":\"" + amount
            + "\"}]}").expect(201));
        tina.post("batches/" + batch + "/submit").expect(200);
        new Api("adam", server.address()).post("batches/" + batch + "/approve").expect(200);
        return batch;
    }

    private static Map<String, Double> figures() throws AssertionError {
        var figures = new TreeMap<String, Double>();
        var found = FIGURE.matcher(olga.text("metrics"));
        while (found.find()) {
            figures.put(found.group(1), Double.valueOf(found.group(2)));
        }
        return figures;
    }

    private static void await(String what, BooleanSupplier wanted) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!wanted.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(end), () -> "waited in vain for " + what);
            Api.pause();
        }
    }

    private static void awaitFigure(String figure, double wanted) {
        await(figure + ' ' + wanted, () -> figures().get(figure) == wanted);
    }

    private static void awaitGrowth(String figure, Map<String, Double> before) {
        Instant end = Instant.now().plus(PATIENCE);
        while (figures().getOrDefault(figure, 0.0) <= before.getOrDefault(figure, 0.0)) {
            assertTrue(Instant.now().isBefore(end), () -> figure + " did not grow; all: " + figures());
            Api.pause();
        }
    }

    private static Api.Answer health(String kind) {
        return nobody.get("health/" + kind);
    }

    private static JsonNode awaitReady(String wanted) {
        Instant end = Instant.now().plus(PATIENCE);
        Api.Answer last;
        do {
            last = health("ready");
            if (wanted.equals(last.body().get("status").asString())) {
                assertEquals(wanted.equals("UP") ? 200 : 503, last.status());
                return last.body();
            }
            Api.pause();
        } while (Instant.now().isBefore(end));
        throw new AssertionError("readiness stayed " + last);
    }

    private static JsonNode check(JsonNode report, String name) {
        return report.get("checks").valueStream().filter(c -> c.get("name").asString().equals(name)).findFirst()
            .orElseThrow(() -> new AssertionError("no check " + name + " in " + report));
    }

    /** The first line of the log like that, once it is there. All lines since the server began to log JSON are JSON. */
    private static JsonNode awaitLine(Predicate<JsonNode> wanted) throws IOException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            boolean begun = false;
            String logged = new String(Files.readAllBytes(server.base().resolve("log/server.log")), StandardCharsets.UTF_8);
            // The last line may be half written.
            for (String line : logged.substring(0, logged.lastIndexOf('\n') + 1).split("\n")) {
                begun |= line.startsWith("{");
                if (begun && line.endsWith("}")) {
                    JsonNode parsed = JSON.readTree(line);
                    if (wanted.test(parsed)) {
                        return parsed;
                    }
                }
            }
            Api.pause();
        }
        throw new AssertionError("no such line in the log");
    }

    private static int awaitStatus(URI address, Predicate<Integer> wanted) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        int status = 0;
        while (!wanted.test(status) && Instant.now().isBefore(end)) {
            try {
                status = HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
            } catch (IOException e) {
                Api.pause();
            }
        }
        return status;
    }

    private static String id(JsonNode object) {
        return object.get("id").asString();
    }
}
