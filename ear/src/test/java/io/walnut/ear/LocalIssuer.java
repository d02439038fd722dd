package io.walnut.ear;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.ObjectMapper;

/**
 * An OpenID provider: discovery, keys, tokens signed with RS256, and for pages the authorization code with PKCE. Whoever
 * is sent to its login is Terry, a treasurer, and already signed in there.
 */
final class LocalIssuer implements AutoCloseable {
    static final String AUDIENCE = "walnut";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String KEY_ID = "one";

    /** So short that the pages renew at once; the token itself is good for longer. */
    private static final int SAID_LIFE_SECONDS = 31;

    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final AtomicInteger renewals = new AtomicInteger();
    private final HttpServer server;
    private final KeyPair keys = newKeys();

    LocalIssuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/.well-known/openid-configuration", Map.of("issuer", url(), "jwks_uri", url() + "/jwks",
            "authorization_endpoint", url() + "/auth", "token_endpoint", url() + "/token",
            "response_types_supported", List.of("code"), "subject_types_supported", List.of("public"),
            "id_token_signing_alg_values_supported", List.of("RS256")));
        var key = (RSAPublicKey) keys.getPublic();
        serve("/jwks", Map.of("keys", List.of(Map.of("kty", "RSA", "use", "sig", "alg", "RS256", "kid", KEY_ID,
            "n", unsigned(key.getModulus()), "e", unsigned(key.getPublicExponent())))));
        server.createContext("/auth", this::authorize);
        server.createContext("/token", this::redeem);
        server.start();
    }

    /** How often pages have renewed a login. */
    int renewals() {
        return renewals.get();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        boolean good = AUDIENCE.equals(asked.get("client_id")) && "S256".equals(asked.get("code_challenge_method"));
        codes.put(code, asked);
        exchange.getResponseHeaders().set("Location", asked.get("redirect_uri") + "?state=" + asked.get("state")
            + (good ? "&code=" + code : "&error=invalid_request"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void redeem(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var answer = new HashMap<String, Object>(Map.of("access_token", token("terry", "treasurer"),
            "token_type", "Bearer", "expires_in", SAID_LIFE_SECONDS, "refresh_token", "again"));
        boolean good = "again".equals(asked.get("refresh_token"));
        if (good) {
            renewals.incrementAndGet();
        } else {
            Map<String, String> begun = codes.remove(asked.get("code"));
            good = begun != null && begun.get("redirect_uri").equals(asked.get("redirect_uri"))
                && begun.get("code_challenge").equals(challenge(asked.get("code_verifier")));
            if (good) {
                answer.put("id_token", sign(claims("terry", AUDIENCE, Duration.ofMinutes(10),
                    Map.of("nonce", begun.get("nonce"))), keys.getPrivate()));
            }
        }
        send(exchange, good ? 200 : 400, good ? answer : Map.of("error", "invalid_grant"));
    }

    private static String challenge(String verifier) {
        try {
            return BASE64.encodeToString(MessageDigest.getInstance("SHA-256")
                .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> form(String text) {
        var form = new HashMap<String, String>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static void send(HttpExchange exchange, int status, Map<String, ?> document) throws IOException {
        byte[] body = JSON.writeValueAsBytes(document);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        // Providers are told which pages may read their answers; this one lets all.
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A token that the portal is to accept. */
    String token(String user, String... roles) {
        return sign(claims(user, AUDIENCE, Duration.ofHours(1), Map.of("roles", roles)), keys.getPrivate());
    }

    /** Roles as Keycloak writes them. */
    String keycloakToken(String user, String... roles) {
        return sign(claims(user, AUDIENCE, Duration.ofMinutes(10), Map.of("realm_access", Map.of("roles", roles))),
            keys.getPrivate());
    }

    String tokenFor(String audience, String user, String role) {
        return sign(claims(user, audience, Duration.ofMinutes(10), Map.of("roles", List.of(role))), keys.getPrivate());
    }

    String expiredToken(String user, String role) {
        return sign(claims(user, AUDIENCE, Duration.ofMinutes(-10), Map.of("roles", List.of(role))),
            keys.getPrivate());
    }

    /** Right in all but its signature, which is by another key under the same id. */
    String forgedToken(String user, String role) {
        return sign(claims(user, AUDIENCE, Duration.ofMinutes(10), Map.of("roles", List.of(role))),
            newKeys().getPrivate());
    }

    /** Right in all but that nobody signed it. */
    String unsignedToken(String user, String role) {
        return part(Map.of("alg", "none", "typ", "JWT")) + '.'
            + part(claims(user, AUDIENCE, Duration.ofMinutes(10), Map.of("roles", List.of(role)))) + '.';
    }

    private Map<String, Object> claims(String user, String audience, Duration life, Map<String, ?> roles) {
        long now = Instant.now().getEpochSecond();
        var claims = new HashMap<String, Object>(Map.of("iss", url(), "aud", audience, "sub", "id-of-" + user,
            "preferred_username", user, "iat", now - 1200, "exp", now + life.toSeconds(), "typ", "Bearer"));
        claims.putAll(roles);
        return claims;
    }

    private static String sign(Map<String, Object> claims, PrivateKey key) {
        String signed = part(Map.of("alg", "RS256", "typ", "JWT", "kid", KEY_ID)) + '.' + part(claims);
        try {
            Signature rsa = Signature.getInstance("SHA256withRSA");
            rsa.initSign(key);
            rsa.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + '.' + BASE64.encodeToString(rsa.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String part(Object json) {
        return BASE64.encodeToString(JSON.writeValueAsBytes(json));
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return BASE64.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private void serve(String path, Map<String, ?> document) {
        server.createContext(path, exchange -> send(exchange, 200, document));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
