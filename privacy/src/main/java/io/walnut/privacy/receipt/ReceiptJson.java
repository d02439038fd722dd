package io.walnut.privacy.receipt;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.EscrowDomain;
import io.walnut.contracts.Note;
import io.walnut.contracts.Signature;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The file form of a receipt: one JSON document with exactly the members of {@code docs/protocol.md} §9. */
public final class ReceiptJson {

    /** 64 notes with nine hashes each come to some 60 kB. */
    public static final int MAX_LENGTH = 128 * 1024;

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).maxStringLength(1_000)
                            .maxNumberLength(20).maxDocumentLength(MAX_LENGTH).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION).build();

    private ReceiptJson() {
    }

    public static String write(Receipt.Signed signed) {
        Receipt receipt = signed.receipt();
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION).put("chainId", Long.toString(receipt.domain().chainId()))
                .put("escrow", receipt.domain().escrow().hex()).put("token", receipt.deposit().token().hex())
                .put("reference", receipt.reference()).put("issuedAt", receipt.issuedAt().toString());
        root.putObject("deposit").put("amount", receipt.deposit().amount().toString())
                .put("notesRoot", receipt.deposit().notesRoot().toString())
                .put("transaction", receipt.depositTransaction().toString());
        ArrayNode notes = root.putArray("notes");
        for (Receipt.Item item : receipt.items()) {
            ObjectNode note = notes.addObject().put("linkKey", item.note().linkKey().hex())
                    .put("amount", item.note().amount().toString()).put("salt", item.note().salt().toString());
            ArrayNode path = note.putArray("path");
            item.path().forEach(hash -> path.add(hash.toString()));
            note.put("redemption", item.redemption().map(Bytes32::toString).orElse(null));
        }
        root.put("signer", signed.signer().hex()).put("signature", signed.signature().toString());
        return root.toPrettyString() + "\n";
    }

    /** @throws ReceiptRefused at {@link Step#FORMAT}, saying which member is wrong */
    public static Receipt.Signed read(String text) throws ReceiptRefused {
        if (text.length() > MAX_LENGTH) {
            throw new ReceiptRefused(Step.FORMAT, "the file is longer than any receipt");
        }
        try {
            return read(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new ReceiptRefused(Step.FORMAT, "the file is not one JSON document: " + e.getOriginalMessage());
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new ReceiptRefused(Step.FORMAT, e.getMessage());
        }
    }

    private static Receipt.Signed read(JsonNode root) {
        members(root, "the receipt", Set.of("version", "chainId", "escrow", "token", "reference", "issuedAt", "deposit",
                "notes", "signer", "signature"));
        if (!root.get("version").isInt() || root.get("version").intValue() != VERSION) {
            throw new IllegalArgumentException("the receipt is of another version than " + VERSION);
        }
        var domain = new EscrowDomain(number(root, "chainId").longValueExact(), address(root, "escrow"));
        JsonNode made = root.get("deposit");
        members(made, "deposit", Set.of("amount", "notesRoot", "transaction"));
        var deposit = new Deposit(address(root, "token"), number(made, "amount"), hash(made, "notesRoot"));
        var receipt = new Receipt(domain, deposit, hash(made, "transaction"), items(root.get("notes")),
                text(root, "reference"), Instant.parse(text(root, "issuedAt")));
        return new Receipt.Signed(receipt, address(root, "signer"),
                parsed("signature", () -> Signature.parse(text(root, "signature"))));
    }

    private static List<Receipt.Item> items(JsonNode notes) {
        if (!notes.isArray()) {
            throw new IllegalArgumentException("notes must be a list");
        }
        var items = new ArrayList<Receipt.Item>();
        for (JsonNode node : notes) {
            members(node, "a note", Set.of("linkKey", "amount", "salt", "path", "redemption"));
            var path = new ArrayList<Bytes32>();
            if (!node.get("path").isArray()) {
                throw new IllegalArgumentException("path must be a list");
            }
            for (JsonNode hash : node.get("path")) {
                path.add(parsed("path", () -> Bytes32.parse(hash.asText())));
            }
            items.add(new Receipt.Item(new Note(address(node, "linkKey"), number(node, "amount"), hash(node, "salt")),
                    path, node.get("redemption").isNull() ? Optional.empty() : Optional.of(hash(node, "redemption"))));
        }
        return items;
    }

    private static void members(JsonNode node, String what, Set<String> names) {
        var found = new HashSet<String>();
        node.fieldNames().forEachRemaining(found::add);
        if (!node.isObject() || !found.equals(names)) {
            throw new IllegalArgumentException(what + " must have exactly the members "
                    + String.join(", ", new java.util.TreeSet<>(names)));
        }
    }

    private static String text(JsonNode node, String name) {
        if (!node.get(name).isTextual()) {
            throw new IllegalArgumentException(name + " must be a string");
        }
        return node.get(name).textValue();
    }

    private static BigInteger number(JsonNode node, String name) {
        String text = text(node, name);
        if (!text.matches("0|[1-9][0-9]{0,77}")) {
            throw new IllegalArgumentException(name + " must be a string of decimal digits");
        }
        return parsed(name, () -> new BigInteger(text));
    }

    private static Address address(JsonNode node, String name) {
        return parsed(name, () -> Address.parse(text(node, name)));
    }

    private static Bytes32 hash(JsonNode node, String name) {
        return parsed(name, () -> Bytes32.parse(text(node, name)));
    }

    private static <T> T parsed(String name, java.util.function.Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage());
        }
    }
}
