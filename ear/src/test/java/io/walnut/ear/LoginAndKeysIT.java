package io.walnut.ear;

import static io.walnut.ear.Api.PATIENCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.ear.browser.PagesByProvider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an operator does to a server with the scripts: login by OpenID Connect, and new sealing keys. */
class LoginAndKeysIT {
    private static final String BATCH = "{\"title\":\"by token\",\"payments\":[{\"amount\":\"7\"},{\"amount\":\"8\"}]}";
    private static final String KEY_STORE = "/subsystem=elytron/secret-key-credential-store=walnut:";

    private static LocalIssuer issuer;
    private static ServerProcess server;

    @BeforeAll
    static void startServer() throws Exception {
        issuer = new LocalIssuer();
        var settings = new ArrayList<>(TestBed.freshDatabase("login"));
        settings.addAll(List.of("-Dwalnut.oidc.provider-url=" + issuer.url(),
            "-Dwalnut.secrets.new-key-after-seconds=0", "-Dwalnut.webhooks.allow-private=true"));
        server = new ServerProcess("login", settings);
        server.configure("embed-server,run-batch --file=" + ServerProcess.script("oidc-add.cli"));
        server.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
        issuer.close();
    }

    @Test
    void whoeverBringsAGoodTokenActsInItsRoles() {
        Api treasurer = with(issuer.token("terry", "treasurer"));
        Api approver = with(issuer.keycloakToken("alex", "offline_access", "approver"));
        String batch = treasurer.post("batches", BATCH).expect(201).get("id").asString();
        treasurer.post("batches/" + batch + "/submit").expect(200);
        JsonNode approved = approver.post("batches/" + batch + "/approve").expect(200);
        assertEquals("terry", approved.get("created_by").asString());
        assertEquals("alex", approved.get("approved_by").asString());
        assertEquals("role_needed", approver.post("batches", BATCH).problem(403));
        assertEquals("role_needed", with(issuer.token("sam", "sweeper")).get("batches").problem(403));
    }

    @Test
    void whateverIsNoGoodTokenIsTurnedAwayWithAProblem() {
        for (String token : List.of(issuer.tokenFor("another-service", "terry", "treasurer"),
            issuer.expiredToken("terry", "treasurer"), issuer.forgedToken("terry", "treasurer"),
            issuer.unsignedToken("terry", "treasurer"), "nonsense", "a.b.c")) {
            assertEquals("login_needed", with(token).get("batches").problem(401), token);
            assertEquals("login_needed", with(token).post("batches", BATCH).problem(401), token);
        }
        assertEquals("login_needed", new Api(null, server.address()).get("batches").problem(401));
    }

    @Test
    void passwordsOpenNothingAnyMore() {
        assertEquals("login_needed", new Api("tina", server.address()).get("batches").problem(401));
    }

    @Test
    void peopleSignInAtTheProviderAndComeBackToThePages() throws Exception {
        JsonNode login = new Api(null, server.address()).get("login").expect(200);
        assertEquals("oidc", login.get("type").asString());
        assertEquals(issuer.url(), login.get("issuer").asString());
        PagesByProvider.signIn(server.address(), "terry", "treasurer", () -> issuer.renewals() > 0);
        assertEquals("terry", with(issuer.token("olga", "auditor")).get("settings").expect(200).get("users")
            .valueStream().filter(u -> u.get("roles").get(0).asString().equals("treasurer")).findFirst()
            .orElseThrow().get("name").asString());
    }

    @Test
    void recipientsNeedNoToken() {
        Api nobody = new Api(null, server.address());
        nobody.get("escrow").expect(200);
        nobody.get("health").expect(200);
        assertEquals("claim_not_found", nobody.get("claims/clm_none").problem(404));
        assertEquals("invalid_request", nobody.post("claims", "{}").problem(400));
    }

    @Test
    void aNewSealingKeyTakesOverAllSecretsAndTheOldOneCanGo() throws Exception {
        Api treasurer = with(issuer.token("terry", "treasurer"));
        var batches = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            batches.add(treasurer.post("batches", BATCH).expect(201).get("id").asString());
        }
        fund(treasurer, batches.get(0));
        String url = revealed(treasurer, batches.get(0));
        treasurer.post("webhook-endpoints", "{\"url\":\"http://127.0.0.1:9/hook\"}").expect(201);

        assertTrue(server.command(KEY_STORE + "generate-secret-key(alias=walnut-2)").contains("success"));
        server.awaitLog("sealed under the key walnut-2", PATIENCE);

        Map<String, Integer> resealed = awaitResealed();
        assertTrue(resealed.get("batch") >= 60, resealed::toString);
        assertEquals(1, resealed.get("webhook_endpoint"), resealed::toString);
        assertEquals(1, resealed.get("sealed_secret"), resealed::toString);
        assertTrue(server.command(KEY_STORE + "remove-alias(alias=walnut-1)").contains("success"));
        server.awaitLog("keys in use: walnut-2", PATIENCE);

        assertEquals(url, revealed(treasurer, batches.get(0)));
        fund(treasurer, batches.get(59));
        assertTrue(revealed(treasurer, batches.get(59)).contains("#"));
        assertFalse(server.log().contains("not sealed anew"));
    }

    /** Returns when the enclave has signed, for which the portal needs the batch's seed and its result key. */
    private static void fund(Api treasurer, String batch) {
        treasurer.post("batches/" + batch + "/submit").expect(200);
        with(issuer.token("alex", "approver")).post("batches/" + batch + "/approve").expect(200);
        treasurer.post("batches/" + batch + "/fund").expect(200);
        treasurer.await("batches/" + batch, PATIENCE, Api.state("ready"));
    }

    private static String revealed(Api treasurer, String batch) {
        String link = treasurer.get("links?batch=" + batch).expect(200).get("data").get(0).get("id").asString();
        return treasurer.post("links/" + link + "/reveal").expect(200).get("url").asString();
    }

    /** The same, once all tables are in the audit log, where an event has its place some time after it happened. */
    private static Map<String, Integer> awaitResealed() {
        Instant end = Instant.now().plus(PATIENCE);
        Map<String, Integer> resealed;
        do {
            Api.pause();
            resealed = resealed();
        } while ((resealed.size() < 3 || resealed.getOrDefault("batch", 0) < 60) && Instant.now().isBefore(end));
        return resealed;
    }

    /** How many secrets each table had sealed anew, by the audit log. */
    private static Map<String, Integer> resealed() {
        Api auditor = with(issuer.token("olga", "auditor"));
        var counts = new HashMap<String, Integer>();
        long after = 0;
        JsonNode page;
        do {
            page = auditor.get("events?limit=100&starting_after=" + after).expect(200);
            for (JsonNode event : page.get("data")) {
                after = event.get("id").asLong();
                if (event.get("type").asString().equals("secrets.resealed")) {
                    assertEquals(2, event.get("data").get("key").asInt());
                    counts.merge(event.get("subject").asString(), event.get("data").get("count").asInt(), Integer::sum);
                }
            }
        } while (page.get("has_more").asBoolean());
        return counts;
    }

    private static Api with(String token) {
        return Api.bearer(token, server.address());
    }
}
