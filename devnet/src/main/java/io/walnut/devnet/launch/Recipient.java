package io.walnut.devnet.launch;

import io.walnut.contracts.Address;
import io.walnut.contracts.Claim;
import io.walnut.contracts.Link;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.Signature;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Somebody who got a link: does what the claim page does in a browser, with no login and no coin.
 *
 * @param address a fresh one, which the chain has never seen
 */
record Recipient(Address address, URI link) {

    private static final Duration VALIDITY = Duration.ofHours(1);
    private static final Secp256k1 CURVE = Secp256k1.nativeLibrary();

    static Recipient withFreshAddress(URI link) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Address address = CURVE.address(key);
        Arrays.fill(key, (byte) 0);
        return new Recipient(address, link);
    }

    /** Claims every note of the link; returns the claims' ids. */
    List<String> claim(ApiClient api) {
        JsonNode quote = api.get("escrow").path("claim_quote");
        return claims(quote).stream().map(claim -> api.post("claims", claim).path("id").asString()).toList();
    }

    /** The signed claim of each note, as {@code POST /claims} takes it. */
    List<Map<String, Object>> claims(JsonNode quote) {
        var claims = new ArrayList<Map<String, Object>>();
        try (Link opened = Link.parse(link.getFragment())) {
            for (int note = 0; note < opened.items().size(); note++) {
                claims.add(signed(opened, note, quote));
            }
        }
        return claims;
    }

    private Map<String, Object> signed(Link opened, int note, JsonNode quote) {
        Link.Item item = opened.items().get(note);
        byte[] key = opened.noteKey(note);
        try {
            var claim = new Claim(opened.token(), item.amount(), address,
                    new BigInteger(quote.path("fee").asString()), Address.parse(quote.path("relayer").asString()),
                    BigInteger.valueOf(Instant.now().plus(VALIDITY).getEpochSecond()));
            Signature signature = CURVE.sign(claim.digest(opened.domain()), key);
            var body = new LinkedHashMap<String, Object>();
            body.put("token", opened.token().toString());
            body.put("amount", item.amount().toString());
            body.put("link_key", CURVE.address(key).toString());
            body.put("voucher_signature", item.signature().toString());
            body.put("recipient", address.toString());
            body.put("relayer", claim.relayer().toString());
            body.put("fee", claim.fee().toString());
            body.put("deadline", claim.deadline());
            body.put("link_signature", signature.toString());
            return body;
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
