package io.walnut.enclave.chain;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A block header whose hash was computed here, from its fields.
 *
 * @param hash Keccak-256 of the header's RLP
 * @param number the block's height
 * @param stateRoot root of the account trie after the block
 */
public record BlockHeader(Bytes32 hash, long number, Bytes32 stateRoot) {

    /** The names that {@link #ofFields} reads; a reader of JSON may drop all others. */
    public static boolean isField(String name) {
        return Arrays.stream(Field.values()).anyMatch(field -> field.jsonName.equals(name));
    }

    /**
     * A header of any shape from London to Prague. Arbitrum's has the shape of London's: what is its own
     * stands in {@code extraData}, {@code mixHash} and {@code nonce}. A shape that is not known here
     * gives another hash than the chain's, and is refused for that.
     *
     * @param fields JSON-RPC names and values; an absent field may be missing or null
     * @return empty if a field is missing or malformed, or a later fork's field comes without an earlier one's
     */
    public static Optional<BlockHeader> ofFields(Map<String, String> fields) {
        var encoded = new ArrayList<byte[]>();
        boolean ended = false;
        for (Field field : Field.values()) {
            String text = fields.get(field.jsonName);
            if (text == null) {
                if (field.ordinal() < Field.FIRST_OPTIONAL.ordinal()) {
                    return Optional.empty();
                }
                ended = true;
                continue;
            }
            Optional<byte[]> value = field.kind.read(text);
            if (ended || value.isEmpty()) {
                return Optional.empty();
            }
            encoded.add(Rlp.encodeBytes(value.get()));
        }
        return header(encoded, fields);
    }

    private static Optional<BlockHeader> header(List<byte[]> encoded, Map<String, String> fields) {
        BigInteger number = Quantity.parse(fields.get(Field.NUMBER.jsonName)).orElseThrow();
        if (number.bitLength() > 63) {
            return Optional.empty();
        }
        return Optional.of(new BlockHeader(
                Keccak.hash(Rlp.encodeList(encoded)),
                number.longValueExact(),
                Bytes32.parse(fields.get(Field.STATE_ROOT.jsonName))));
    }

    /** In the order of the encoding. */
    private enum Field {
        PARENT_HASH("parentHash", Kind.HASH),
        OMMERS_HASH("sha3Uncles", Kind.HASH),
        BENEFICIARY("miner", Kind.ADDRESS),
        STATE_ROOT("stateRoot", Kind.HASH),
        TRANSACTIONS_ROOT("transactionsRoot", Kind.HASH),
        RECEIPTS_ROOT("receiptsRoot", Kind.HASH),
        LOGS_BLOOM("logsBloom", Kind.BLOOM),
        DIFFICULTY("difficulty", Kind.QUANTITY),
        NUMBER("number", Kind.QUANTITY),
        GAS_LIMIT("gasLimit", Kind.QUANTITY),
        GAS_USED("gasUsed", Kind.QUANTITY),
        TIMESTAMP("timestamp", Kind.QUANTITY),
        EXTRA_DATA("extraData", Kind.EXTRA),
        MIX_HASH("mixHash", Kind.HASH),
        NONCE("nonce", Kind.NONCE),
        /** London (EIP-1559). */
        BASE_FEE("baseFeePerGas", Kind.QUANTITY),
        /** Shanghai (EIP-4895). */
        WITHDRAWALS_ROOT("withdrawalsRoot", Kind.HASH),
        /** Cancun (EIP-4844). */
        BLOB_GAS_USED("blobGasUsed", Kind.QUANTITY),
        EXCESS_BLOB_GAS("excessBlobGas", Kind.QUANTITY),
        /** Cancun (EIP-4788). */
        PARENT_BEACON_BLOCK_ROOT("parentBeaconBlockRoot", Kind.HASH),
        /** Prague (EIP-7685). */
        REQUESTS_HASH("requestsHash", Kind.HASH);

        static final Field FIRST_OPTIONAL = WITHDRAWALS_ROOT;

        private final String jsonName;
        private final Kind kind;

        Field(String jsonName, Kind kind) {
            this.jsonName = jsonName;
            this.kind = kind;
        }
    }

    private enum Kind {
        HASH(32, 32),
        ADDRESS(20, 20),
        BLOOM(256, 256),
        NONCE(8, 8),
        /** At most 32 bytes by the yellow paper; Clique's and other chains' seals are longer. */
        EXTRA(0, 1_024),
        QUANTITY(0, 32) {
            @Override
            Optional<byte[]> read(String text) {
                return Quantity.parse(text).map(Quantity::minimalBytes);
            }
        };

        private final int minimum;
        private final int maximum;

        Kind(int minimum, int maximum) {
            this.minimum = minimum;
            this.maximum = maximum;
        }

        Optional<byte[]> read(String text) {
            if (text.length() < 2 + 2 * minimum || text.length() > 2 + 2 * maximum) {
                return Optional.empty();
            }
            try {
                return Optional.of(Hex.decode(text));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }
}
