package io.walnut.ejb.iexec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.walnut.contracts.Address;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Secp256k1;
import io.walnut.ejb.iexec.order.HubDomain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;

/** What npm iexec 9.0.1 computed, see src/test/sdk/generate-vectors.mjs. */
public final class SdkVectors {

    public static final JsonNode ALL = read();

    private SdkVectors() {
    }

    private static JsonNode read() {
        try (var in = SdkVectors.class.getResourceAsStream("sdk-vectors.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static SigningKey key() {
        return new SigningKey(Hex.decode(ALL.get("privateKey").textValue()), Secp256k1.bouncyCastle());
    }

    public static HubDomain domain() {
        JsonNode domain = ALL.get("domain");
        return new HubDomain(domain.get("name").textValue(), domain.get("version").textValue(),
                new BigInteger(domain.get("chainId").textValue()),
                Address.parse(domain.get("verifyingContract").textValue()));
    }
}
