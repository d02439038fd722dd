package io.walnut.devnet.orderbook;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import io.walnut.devnet.rpc.Account;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/**
 * An order with its signature.
 *
 * @param values by member name: addresses with checksum, numbers in decimal, hashes in hexadecimal
 * @param sign 65 bytes, or none for an order that was signed on chain
 */
public record Order(OrderKind kind, Map<String, String> values, byte[] sign) {

    private static final BigInteger MAX_SAFE_INTEGER = BigInteger.valueOf((1L << 53) - 1);

    public Order {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** @throws IllegalArgumentException when a member is missing or malformed; the message names it */
    public static Order of(OrderKind kind, JsonNode json) {
        var values = new LinkedHashMap<String, String>();
        for (OrderKind.Member member : kind.members()) {
            JsonNode value = json.get(member.name());
            if (value == null || value.isNull()) {
                throw new IllegalArgumentException(kind.label() + "." + member.name() + " is missing");
            }
            values.put(member.name(), normal(kind, member, value.asString()));
        }
        return new Order(kind, values, Hex.decode(json.path("sign").asString("0x")));
    }

    /** A new order with a random salt; members that are not given are zero. */
    public static Order signed(OrderKind kind, Map<String, ?> values, Account signer, Bytes32 domainSeparator) {
        var all = new LinkedHashMap<String, String>();
        for (OrderKind.Member member : kind.members()) {
            Object value = values.get(member.name());
            all.put(member.name(), value == null ? zero(member.type()) : value.toString());
        }
        byte[] salt = new byte[Bytes32.LENGTH];
        new SecureRandom().nextBytes(salt);
        all.put("salt", Hex.encode(salt));
        var unsigned = new Order(kind, all, new byte[0]);
        return new Order(kind, all, signer.signHash(unsigned.hash(domainSeparator)));
    }

    public String value(String member) {
        return values.get(member);
    }

    /** Solidity types by member name, in the order of the struct, without the signature. */
    public SequencedMap<String, String> types() {
        var types = new LinkedHashMap<String, String>();
        kind.members().forEach(member -> types.put(member.name(), member.type()));
        return types;
    }

    public Address address(String member) {
        return Address.parse(values.get(member));
    }

    public BigInteger number(String member) {
        return new BigInteger(values.get(member));
    }

    public BigInteger tag() {
        return Bytes32.parse(values.get("tag")).toUnsigned();
    }

    /** The EIP-712 digest that is signed, and that the hub knows the order by. */
    public Bytes32 hash(Bytes32 domainSeparator) {
        var struct = new ByteArrayOutputStream();
        struct.writeBytes(kind.typeHash().bytes());
        for (OrderKind.Member member : kind.members()) {
            struct.writeBytes(word(member.type(), values.get(member.name())));
        }
        return Keccak.hash(new byte[] {0x19, 0x01}, domainSeparator.bytes(),
                Keccak.hash(struct.toByteArray()).bytes());
    }

    /** As the order book shows it: numbers as JSON numbers while every JSON reader gets them right. */
    public Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        for (OrderKind.Member member : kind.members()) {
            String value = values.get(member.name());
            boolean number = member.type().equals("uint256")
                    && new BigInteger(value).compareTo(MAX_SAFE_INTEGER) <= 0;
            json.put(member.name(), number ? (Object) Long.valueOf(value) : value);
        }
        json.put("sign", Hex.encode(sign));
        return json;
    }

    private static byte[] word(String type, String value) {
        return switch (type) {
            case "address" -> padded(Address.parse(value).bytes());
            case "uint256" -> padded(new BigInteger(value).toByteArray());
            case "bytes32" -> Bytes32.parse(value).bytes();
            default -> Keccak.hash(value.getBytes(StandardCharsets.UTF_8)).bytes();
        };
    }

    private static byte[] padded(byte[] value) {
        int sign = value.length > Bytes32.LENGTH ? 1 : 0;
        byte[] word = new byte[Bytes32.LENGTH];
        System.arraycopy(value, sign, word, Bytes32.LENGTH - value.length + sign, value.length - sign);
        return word;
    }

    private static String normal(OrderKind kind, OrderKind.Member member, String value) {
        try {
            return switch (member.type()) {
                case "address" -> Address.parse(value).toString();
                case "uint256" -> unsigned(value);
                case "bytes32" -> Bytes32.parse(value).toString();
                default -> value;
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(kind.label() + "." + member.name() + " is malformed: " + e.getMessage());
        }
    }

    private static String unsigned(String value) {
        var number = new BigInteger(value);
        if (number.signum() < 0 || number.bitLength() > 256) {
            throw new IllegalArgumentException("not an unsigned number of 256 bits");
        }
        return number.toString();
    }

    private static String zero(String type) {
        return switch (type) {
            case "address" -> Address.ZERO.toString();
            case "uint256" -> "0";
            case "bytes32" -> Bytes32.ZERO.toString();
            default -> "";
        };
    }
}
