package io.walnut.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code vectors/v1.json}, which the Solidity and TypeScript tests read too. */
final class Vectors {

    static final JsonNode ALL = read();
    static final EscrowDomain DOMAIN =
            new EscrowDomain(ALL.at("/domain/chainId").longValue(), Address.parse(ALL.at("/domain/escrow").textValue()));
    static final Address TOKEN = Address.parse(text("/deposit/token"));

    private Vectors() {
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(Path.of("vectors", "v1.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String pointer) {
        return ALL.at(pointer).textValue();
    }

    static byte[] bytes(String pointer) {
        return Hex.decode(text(pointer));
    }

    static BigInteger amount(JsonNode node, String member) {
        return new BigInteger(node.get(member).textValue());
    }

    static List<Note> notes() {
        var notes = new ArrayList<Note>();
        for (JsonNode n : ALL.get("notes")) {
            notes.add(new Note(Address.parse(n.get("linkKey").textValue()), amount(n, "amount"),
                    Bytes32.parse(n.get("salt").textValue())));
        }
        return notes;
    }

    static List<Bytes32> hashes(JsonNode array) {
        var hashes = new ArrayList<Bytes32>();
        array.forEach(h -> hashes.add(Bytes32.parse(h.textValue())));
        return hashes;
    }

    static Deposit deposit() {
        JsonNode d = ALL.get("deposit");
        return new Deposit(TOKEN, amount(d, "amount"), Bytes32.parse(d.get("notesRoot").textValue()));
    }

    static Voucher voucher(int index) {
        JsonNode v = ALL.get("vouchers").get(index);
        return new Voucher(TOKEN, amount(v, "amount"), Address.parse(v.get("linkKey").textValue()));
    }

    static Claim claim(int index) {
        JsonNode c = ALL.get("claims").get(index);
        return new Claim(TOKEN, amount(c, "amount"), Address.parse(c.get("recipient").textValue()), amount(c, "fee"),
                Address.parse(c.get("relayer").textValue()), amount(c, "deadline"));
    }

    static EscrowAbi.SignedClaim signedClaim(int index) {
        return new EscrowAbi.SignedClaim(claim(index), signature("claims", index), signature("vouchers", index));
    }

    static Signature signature(String list, int index) {
        return Signature.parse(ALL.get(list).get(index).get("signature").textValue());
    }
}
