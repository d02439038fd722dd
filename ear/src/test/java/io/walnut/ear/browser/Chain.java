package io.walnut.ear.browser;

import io.walnut.contracts.Address;
import io.walnut.ear.TestBed;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The chain itself, to check what pages say, and a wallet's way to it. */
final class Chain {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private Chain() {
    }

    /** One that nobody has used. */
    static Address freshAddress() {
        byte[] random = new byte[Address.LENGTH];
        new SecureRandom().nextBytes(random);
        return Address.of(random);
    }

    static BigInteger balance(Address of) {
        return quantity(call("eth_getBalance", "[\"" + of.hex() + "\",\"latest\"]"));
    }

    static BigInteger balance(Address token, Address of) {
        String data = "0x70a08231" + "0".repeat(24) + of.hex().substring(2);
        return quantity(call("eth_call", "[{\"to\":\"" + token.hex() + "\",\"data\":\"" + data + "\"},\"latest\"]"));
    }

    /** An account that the chain signs for, with coins and RLC, and with no other part in the devnet. */
    static String someonesAccount() {
        return call("eth_accounts", "[]").get("result").get(12).asString();
    }

    /** No more blocks until {@link #goOn}. */
    static void hold() {
        call("evm_setIntervalMining", "[0]");
    }

    /** A block each second again. */
    static void goOn() {
        call("evm_setIntervalMining", "[1]");
    }

    private static JsonNode call(String method, String params) {
        return JSON.readTree(send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}"));
    }

    private static BigInteger quantity(JsonNode answer) {
        return new BigInteger(answer.get("result").asString().substring(2), 16);
    }

    /** @param body a JSON-RPC request */
    static String send(String body) {
        URI node = TestBed.chain();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(node).timeout(TIMEOUT).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
