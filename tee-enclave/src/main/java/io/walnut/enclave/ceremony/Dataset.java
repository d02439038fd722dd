package io.walnut.enclave.ceremony;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.walnut.contracts.EscrowDomain;
import io.walnut.enclave.Refused;
import io.walnut.enclave.input.ConfigurationParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Writes the dataset that holds share B, and reads it back as the enclave would before anyone relies on it. */
record Dataset(EscrowDomain domain, List<String> providers, int quorum, String finality, List<String> denied) {

    /** @return UTF-8, the caller's to wipe */
    byte[] encode(byte[] shareB) throws CeremonyException {
        byte[] json = json(shareB);
        try {
            ConfigurationParser.parse(json).close();
            return json;
        } catch (Refused refusal) {
            Arrays.fill(json, (byte) 0);
            throw new CeremonyException("the enclave would refuse this dataset with " + refusal.code()
                    + ": see docs/enclave/refusal-codes.md");
        }
    }

    private byte[] json(byte[] shareB) {
        var out = new ByteArrayOutputStream(4_096);
        char[] digits = digits(shareB);
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("version", 1);
            json.writeFieldName("keyShare");
            json.writeString(digits, 0, digits.length);
            json.writeStringField("chainId", Long.toString(domain.chainId()));
            json.writeStringField("escrow", domain.escrow().hex());
            strings(json, "providers", providers);
            json.writeNumberField("quorum", quorum);
            if (finality.matches("[0-9]{1,7}")) {
                json.writeNumberField("finality", Integer.parseInt(finality));
            } else {
                json.writeStringField("finality", finality);
            }
            strings(json, "denied", denied);
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        } finally {
            Arrays.fill(digits, '0');
        }
        return out.toByteArray();
    }

    private static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    static char[] digits(byte[] share) {
        char[] digits = new char[2 * share.length];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = Character.forDigit(share[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xf, 16);
        }
        return digits;
    }
}
