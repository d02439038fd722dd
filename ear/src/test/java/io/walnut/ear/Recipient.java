package io.walnut.ear;

import io.walnut.contracts.Address;
import io.walnut.contracts.Claim;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.EscrowAbi.SignedClaim;
import io.walnut.contracts.Link;
import io.walnut.contracts.Secp256k1;
import io.walnut.contracts.Signature;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** Somebody who was given a link and has nothing but a fresh address. */
final class Recipient {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A day: the chain's clock may be hours ahead, see {@link PortalFaultsIT}. */
    private static final long TIME_LEFT = 86_400;
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
        return claim(url, index, Address.parse(quote.get("relayer").asString()),
            new BigInteger(quote.get("fee").asString()));
    }

    /** The same, for whomever it names to send it. @param relayer zero for anybody */
    ObjectNode claim(String url, int index, Address relayer, BigInteger fee) {
        try (Link link = Link.parse(url.substring(url.indexOf('#')))) {
            byte[] key = link.noteKey(index);
            var claim = new Claim(link.token(), link.items().get(index).amount(), address, fee, relayer,
                BigInteger.valueOf(Instant.now().getEpochSecond() + TIME_LEFT));
            Signature signature = CURVE.sign(claim.digest(link.domain()), key);
            return JSON.createObjectNode().put("token", link.token().hex())
                .put("amount", link.items().get(index).amount().toString())
                .put("link_key", CURVE.address(key).hex())
                .put("voucher_signature", link.items().get(index).signature().toString())
                .put("recipient", address.hex()).put("relayer", claim.relayer().hex())
                .put("fee", claim.fee().toString()).put("deadline", claim.deadline().longValueExact())
                .put("link_signature", signature.toString());
        }
    }

    /** What to send to the escrow with one's own gas, made of the body of {@link #claim}. */
    static byte[] ownCall(JsonNode body) {
        var claim = new Claim(Address.parse(body.get("token").asString()), new BigInteger(body.get("amount").asString()),
            Address.parse(body.get("recipient").asString()), new BigInteger(body.get("fee").asString()),
            Address.parse(body.get("relayer").asString()), BigInteger.valueOf(body.get("deadline").asLong()));
        return EscrowAbi.claim(new SignedClaim(claim, Signature.parse(body.get("link_signature").asString()),
            Signature.parse(body.get("voucher_signature").asString())));
    }

    /** Wei, as the chain has it. */
    BigInteger balance() {
        return balance(address);
    }

    static BigInteger balance(Address address) {
        String balance = Chain.rpc("eth_getBalance", "[\"" + address.hex() + "\",\"latest\"]").asString();
        return new BigInteger(balance.substring(2), 16);
    }
}
