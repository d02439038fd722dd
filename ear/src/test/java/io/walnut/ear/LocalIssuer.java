package io.walnut.ear;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;

/** An OpenID provider as far as a bearer-only client sees one: discovery, keys, and tokens signed with RS256. */
final class LocalIssuer implements AutoCloseable {
    static final String AUDIENCE = "walnut";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String KEY_ID = "one";

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
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A token that the portal is to accept. */
    String token(String user, String... roles) {
        return sign(claims(user, AUDIENCE, Duration.ofMinutes(10), Map.of("roles", roles)), keys.getPrivate());
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
        var claims = new java.util.HashMap<String, Object>(Map.of("iss", url(), "aud", audience, "sub", "id-of-" + user,
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
        byte[] body = JSON.writeValueAsBytes(document);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
