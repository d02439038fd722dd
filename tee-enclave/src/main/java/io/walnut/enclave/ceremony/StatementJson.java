package io.walnut.enclave.ceremony;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Signature;
import io.walnut.enclave.json.BoundedJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Statements as flat JSON objects of strings, in a fixed order. Limit: 4,096 bytes. */
public final class StatementJson {

    public static final int MAX_BYTES = 4_096;

    private static final String VERSION = "1";

    private StatementJson() {
    }

    public static byte[] encode(ShareStatement statement) {
        var members = new LinkedHashMap<String, String>();
        members.put("version", VERSION);
        members.put("share", statement.role().name().toLowerCase(Locale.ROOT));
        members.put("chainId", Long.toString(statement.domain().chainId()));
        members.put("escrow", statement.domain().escrow().hex());
        members.put("challenge", statement.challenge().toString());
        members.put("statementKey", statement.statementKey().hex());
        members.put("signature", statement.signature().toString());
        return json(members);
    }

    public static byte[] encode(SignerStatement statement) {
        var members = new LinkedHashMap<String, String>();
        members.put("version", VERSION);
        members.put("status", "signer");
        members.put("chainId", Long.toString(statement.domain().chainId()));
        members.put("escrow", statement.domain().escrow().hex());
        members.put("statementKeyA", statement.statementKeyA().hex());
        members.put("statementKeyB", statement.statementKeyB().hex());
        members.put("signer", statement.signer().hex());
        members.put("signature", statement.signature().toString());
        return json(members);
    }

    /** @throws IllegalArgumentException for anything that is no share statement */
    public static ShareStatement decodeShare(byte[] json) {
        Map<String, String> members = members(json, 7);
        return new ShareStatement(Role.valueOf(member(members, "share").toUpperCase(Locale.ROOT)), domain(members),
                Bytes32.parse(member(members, "challenge")), Address.parse(member(members, "statementKey")),
                Signature.parse(member(members, "signature")));
    }

    /** @throws IllegalArgumentException for anything that is no signer statement */
    public static SignerStatement decodeSigner(byte[] json) {
        Map<String, String> members = members(json, 8);
        require(member(members, "status").equals("signer"));
        return new SignerStatement(domain(members), Address.parse(member(members, "statementKeyA")),
                Address.parse(member(members, "statementKeyB")), Address.parse(member(members, "signer")),
                Signature.parse(member(members, "signature")));
    }

    private static EscrowDomain domain(Map<String, String> members) {
        return new EscrowDomain(Long.parseLong(member(members, "chainId")), Address.parse(member(members, "escrow")));
    }

    private static byte[] json(Map<String, String> members) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            for (Map.Entry<String, String> member : members.entrySet()) {
                json.writeStringField(member.getKey(), member.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return out.toByteArray();
    }

    private static Map<String, String> members(byte[] document, int count) {
        require(document.length <= MAX_BYTES);
        var members = new LinkedHashMap<String, String>();
        try (JsonParser json = BoundedJson.parser(document)) {
            require(json.nextToken() == JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                require(json.nextToken() == JsonToken.VALUE_STRING);
                members.put(name, json.getText());
            }
            require(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a statement");
        }
        require(members.size() == count && VERSION.equals(members.get("version")));
        return members;
    }

    private static String member(Map<String, String> members, String name) {
        require(members.containsKey(name));
        return members.get(name);
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("not a statement");
        }
    }
}
