package io.walnut.ear;

import io.walnut.contracts.Address;
import io.walnut.contracts.Claim;
import io.walnut.contracts.Link;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.Signature;
import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** Somebody who was given a link and has nothing but a fresh address. */
final class Recipient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Secp256k1 CURVE = Secp256k1.bouncyCastle();

    final Address address;

    Recipient() {
        byte[] random = new byte[Address.LENGTH];
        new SecureRandom().nextBytes(random);
        address = Address.of(random);
    }

    /** The body for {@code POST /claims} that claims the link's note {@code index}, as the claim page makes it. */
    ObjectNode claim(String url, int index) {
        return claim(url, index, Api.NOBODY);
    }

    ObjectNode claim(String url, int index, Api api) {
        JsonNode quote = api.insist("GET", "escrow", null, null).get("claim_quote");
        try (Link link = Link.parse(url.substring(url.indexOf('#')))) {
            byte[] key = link.noteKey(index);
            var claim = new Claim(CURVE.address(key), address, Address.parse(quote.get("relayer").asString()),
                new BigInteger(quote.get("fee").asString()), BigInteger.valueOf(Instant.now().getEpochSecond() + 3600));
            Signature signature = CURVE.sign(claim.digest(link.domain()), key);
            return JSON.createObjectNode().put("token", link.token().hex())
                .put("amount", link.items().get(index).amount().toString())
                .put("link_key", claim.linkKey().hex())
                .put("voucher_signature", link.items().get(index).signature().toString())
                .put("recipient", address.hex()).put("relayer", claim.relayer().hex())
                .put("fee", claim.fee().toString()).put("deadline", claim.deadline().longValueExact())
                .put("link_signature", signature.toString());
        }
    }

    /** Wei, as the chain has it. */
    BigInteger balance() {
        return balance(address);
    }

    static BigInteger balance(Address address) {
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getBalance\",\"params\":[\"" + address.hex()
            + "\",\"latest\"]}";
        var request = HttpRequest.newBuilder(TestBed.chain()).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(call)).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return new BigInteger(JSON.readTree(body).get("result").asString().substring(2), 16);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
