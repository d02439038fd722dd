package io.walnut.devnet.http;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import io.walnut.devnet.rpc.Signatures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Typed-data challenges that prove an address once: asked for, signed, and used within a minute. */
public final class Challenges {

    private static final Duration LIFE = Duration.ofMinutes(1);
    private static final List<Map<String, String>> DOMAIN_TYPE = List.of(member("name", "string"),
            member("version", "string"), member("chainId", "uint256"));
    private static final List<Map<String, String>> CHALLENGE_TYPE = List.of(member("challenge", "string"));

    private record Issued(Address address, Instant end) {
    }

    private final ConcurrentMap<Bytes32, Issued> issued = new ConcurrentHashMap<>();
    private final String name;
    private final long chainId;

    /** @param name of the service, in the EIP-712 domain */
    public Challenges(String name, long chainId) {
        this.name = name;
        this.chainId = chainId;
    }

    /** @return EIP-712 typed data for {@code address} to sign */
    public Map<String, Object> issue(Address address) {
        issued.values().removeIf(challenge -> challenge.end().isBefore(Instant.now()));
        String challenge = UUID.randomUUID().toString();
        issued.put(digest(challenge), new Issued(address, Instant.now().plus(LIFE)));
        return Map.of("types", Map.of("EIP712Domain", DOMAIN_TYPE, "Challenge", CHALLENGE_TYPE),
                "domain", Map.of("name", name, "version", "1", "chainId", chainId),
                "primaryType", "Challenge", "message", Map.of("challenge", challenge));
    }

    /**
     * @param authorization hash, signature and address of a challenge, joined by {@code _}
     * @return the proven address
     * @throws HttpError 401
     */
    public Address redeem(String authorization) {
        String[] parts = authorization.split("_");
        if (parts.length != 3) {
            throw new HttpError(401, "the Authorization header must be hash_signature_address of a challenge");
        }
        try {
            Bytes32 digest = Bytes32.parse(parts[0]);
            Address address = Address.parse(parts[2]);
            Issued challenge = issued.remove(digest);
            boolean known = challenge != null && challenge.address().equals(address)
                    && challenge.end().isAfter(Instant.now());
            if (known && Signatures.signerOfHash(digest, Hex.decode(parts[1])).equals(Optional.of(address))) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new HttpError(401, "the Authorization header is malformed: " + e.getMessage());
        }
        throw new HttpError(401, "the challenge is unknown, used, too old, or signed by another key");
    }

    private Bytes32 digest(String challenge) {
        byte[] separator = Keccak.hash(hash("EIP712Domain(string name,string version,uint256 chainId)"), hash(name),
                hash("1"), Hex.decode("0x" + String.format("%064x", chainId))).bytes();
        byte[] struct = Keccak.hash(hash("Challenge(string challenge)"), hash(challenge)).bytes();
        return Keccak.hash(new byte[] {0x19, 0x01}, separator, struct);
    }

    private static byte[] hash(String text) {
        return Keccak.hash(text.getBytes(StandardCharsets.UTF_8)).bytes();
    }

    private static Map<String, String> member(String name, String type) {
        return Map.of("name", name, "type", type);
    }
}
