package io.walnut.ear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.ear.browser.PagesByProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import tools.jackson.databind.JsonNode;

/**
 * Login by a real Keycloak, with the script and the settings that the documentation gives. What a forged or malformed token
 * gets is shown by {@link LoginAndKeysIT}, whose issuer can make one. {@code -Dkeycloak.skipTests} leaves it out, and with it
 * the download of Keycloak.
 */
@DisabledIfSystemProperty(named = "walnut.it.keycloak.skip", matches = "true")
class KeycloakIT {
    private static final String BATCH = "{\"title\":\"by Keycloak\",\"payments\":[{\"amount\":\"7\"}]}";

    private static Keycloak keycloak;
    private static ServerProcess server;

    @BeforeAll
    static void startBoth() throws Exception {
        keycloak = new Keycloak(Path.of(System.getProperty("walnut.it.keycloak")), TestBed.freePort());
        server = new ServerProcess("keycloak", List.of("-Dwalnut.oidc.provider-url=" + keycloak.issuer()));
        keycloak.start(server.address());
        server.configure("embed-server,run-batch --file=" + ServerProcess.script("oidc-add.cli"));
        server.start();
    }

    @AfterAll
    static void stopBoth() {
        if (server != null) {
            server.close();
        }
        keycloak.close();
    }

    @Test
    void peopleActInTheRolesOfTheirRealm() throws Exception {
        String batch = as("terry").post("batches", BATCH).expect(201).get("id").asString();
        as("terry").post("batches/" + batch + "/submit").expect(200);
        assertEquals("approval_by_submitter", as("terry").post("batches/" + batch + "/approve").problem(403));
        JsonNode approved = as("alex").post("batches/" + batch + "/approve").expect(200);
        assertEquals("terry", approved.get("created_by").asString());
        assertEquals("alex", approved.get("approved_by").asString());
        assertEquals("role_needed", as("alex").post("batches", BATCH).problem(403));
        assertTrue(as("olga").get("events/verify").expect(200).get("intact").asBoolean());
        assertEquals("role_needed", as("olga").post("batches", BATCH).problem(403));
        assertEquals("role_needed", as("sam").get("batches").problem(403), "a role of another application");
        assertEquals(List.of("treasurer"), as("terry").get("me").expect(200).get("roles").valueStream()
            .map(JsonNode::asString).toList());
    }

    @Test
    void tokensForOthersAndTokensThatHaveEndedAreTurnedAway() throws Exception {
        Api foreign = Api.bearer(keycloak.token("another", "terry"), server.address());
        assertEquals("login_needed", foreign.get("batches").problem(401));
        assertEquals("login_needed", foreign.post("batches", BATCH).problem(401));
        Api brief = Api.bearer(keycloak.token("brief", "terry"), server.address());
        Thread.sleep(Duration.ofSeconds(3));
        assertEquals("login_needed", brief.get("batches").problem(401));
        assertEquals("login_needed", new Api("terry", server.address()).get("batches").problem(401), "a password");
    }

    @Test
    void peopleSignInOnItsPagesAreRenewedAndSignOutThere() {
        PagesByProvider.signInAtKeycloak(server.address(), "terry", "treasurer");
    }

    @Test
    void recipientsNeedNoToken() throws Exception {
        Api nobody = new Api(null, server.address());
        nobody.get("escrow").expect(200);
        JsonNode login = nobody.get("login").expect(200);
        assertEquals(keycloak.issuer(), login.get("issuer").asString());
        assertEquals("walnut", login.get("client_id").asString());
        assertEquals("claim_not_found", nobody.get("claims/clm_none").problem(404));
        assertFalse(server.log().contains("eyJ"), "a token in the log");
    }

    private static Api as(String user) throws Exception {
        return Api.bearer(keycloak.token("walnut", user), server.address());
    }
}
