package io.walnut.ejb.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.ejb.chain.RpcClient.Call;
import io.walnut.ejb.chain.RpcClient.Reply;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A chain, as far as sending transactions asks it. Every method throws {@link RpcException} when it cannot. */
public final class ChainNode {
    /** The code that nodes give for a call that reverts. */
    private static final int REVERTED = 3;
    /** A node runs each several times, and keeps who asks meanwhile waiting: recipients among them. */
    private static final int ESTIMATED_AT_ONCE = 10;

    private final RpcClient rpc;
    private final RpcClient submission;
    private final long chainId;
    private final OptionalInt finalityDepth;

    /** The newest block and the newest that will not change any more. */
    public record Heights(long head, long finalized) {
    }

    /** A transaction that is in a block. */
    public record Receipt(Bytes32 hash, long blockNumber, boolean succeeded) {
    }

    /** What a transaction costs a unit of gas now. */
    public record Fees(BigInteger maxFee, BigInteger priorityFee) {
    }

    /**
     * @param submission where transactions are sent, which may show them to nobody before their block
     * @param finalityDepth blocks to stay behind the head; empty where the chain says what is finalized
     */
    public ChainNode(RpcClient rpc, RpcClient submission, long chainId, OptionalInt finalityDepth) {
        this.rpc = rpc;
        this.submission = submission;
        this.chainId = chainId;
        this.finalityDepth = finalityDepth;
    }

    public long chainId() {
        return chainId;
    }

    RpcClient rpc() {
        return rpc;
    }

    public Heights heights() {
        if (finalityDepth.isPresent()) {
            long head = number(rpc.call("eth_blockNumber"));
            return new Heights(head, Math.max(0, head - finalityDepth.getAsInt()));
        }
        List<Reply> replies = rpc.batch(List.of(
            Call.of("eth_getBlockByNumber", "finalized", false), Call.of("eth_getBlockByNumber", "latest", false)));
        // A young chain has finalized nothing yet.
        JsonNode finalized = replies.get(0) instanceof Reply.Result result ? result.value().path("number") : null;
        return new Heights(number(replies.get(1).value().path("number")),
            finalized == null || !finalized.isTextual() ? 0 : number(finalized));
    }

    /** The heights, and in the same request the hash of one block. */
    Sight look(long block) {
        var calls = new ArrayList<>(List.of(Call.of("eth_getBlockByNumber", "latest", false),
            Call.of("eth_getBlockByNumber", quantity(block), false)));
        if (finalityDepth.isEmpty()) {
            calls.add(Call.of("eth_getBlockByNumber", "finalized", false));
        }
        List<Reply> replies = rpc.batch(calls);
        long head = number(replies.get(0).value().path("number"));
        if (finalityDepth.isPresent()) {
            return new Sight(new Heights(head, Math.max(0, head - finalityDepth.getAsInt())), hash(replies.get(1)),
                Optional.empty());
        }
        // A young chain has finalized nothing yet.
        JsonNode finalized = replies.get(2) instanceof Reply.Result result ? result.value().path("number") : null;
        long last = finalized == null || !finalized.isTextual() ? 0 : number(finalized);
        return new Sight(new Heights(head, last), hash(replies.get(1)), hash(replies.get(2)));
    }

    /**
     * @param hash of the block that was asked for; empty when the node has none of that number
     * @param finalizedHash of the newest final block; empty where finality is a depth
     */
    record Sight(Heights heights, Optional<Bytes32> hash, Optional<Bytes32> finalizedHash) {
    }

    /** One answer for each number: empty when the node has no such block. */
    List<Optional<Bytes32>> blockHashes(List<Long> numbers) {
        return rpc.batch(numbers.stream().map(n -> Call.of("eth_getBlockByNumber", quantity(n), false)).toList()).stream()
            .map(ChainNode::hash).toList();
    }

    static Optional<Bytes32> hash(Reply block) {
        return block instanceof Reply.Result result && result.value().path("hash").isTextual()
            ? Optional.of(Bytes32.parse(result.value().path("hash").asText())) : Optional.empty();
    }

    public Fees fees() {
        List<Reply> replies = rpc.batch(List.of(
            Call.of("eth_getBlockByNumber", "latest", false), Call.of("eth_maxPriorityFeePerGas")));
        BigInteger base = big(replies.get(0).value().path("baseFeePerGas"));
        BigInteger tip = replies.get(1) instanceof Reply.Result result ? big(result.value())
            : BigInteger.valueOf(1_000_000_000L);
        return new Fees(base.shiftLeft(1).add(tip), tip);
    }

    /** One call that might become a transaction. */
    public record Draft(Address from, Address to, BigInteger value, byte[] data) {
    }

    /** What estimating gas can say. */
    public sealed interface Estimate {
        record Gas(long units) implements Estimate {
        }

        /** @param data what the reverted call returned, {@code 0x…} */
        record Reverts(String message, String data) implements Estimate {
        }

        /** The node would not say, for a reason of its own: too many requests, or no funds for gas. */
        record Unknown(String message) implements Estimate {
        }
    }

    /** Gas that each would use if it were the next transaction. */
    public List<Estimate> estimate(List<Draft> drafts) {
        var estimates = new ArrayList<Estimate>();
        for (int i = 0; i < drafts.size(); i += ESTIMATED_AT_ONCE) {
            estimates.addAll(estimateAtOnce(drafts.subList(i, Math.min(drafts.size(), i + ESTIMATED_AT_ONCE))));
        }
        return estimates;
    }

    private List<Estimate> estimateAtOnce(List<Draft> drafts) {
        return rpc.batch(drafts.stream().map(d -> Call.of("eth_estimateGas", Map.of("from", d.from().hex(),
            "to", d.to().hex(), "value", quantity(d.value()), "data", Hex.encode(d.data())))).toList()).stream()
            .map(reply -> switch (reply) {
                case Reply.Result result -> (Estimate) new Estimate.Gas(number(result.value()));
                case Reply.Error error -> isRevert(error) ? new Estimate.Reverts(error.message(), error.data())
                    : new Estimate.Unknown(error.message());
            }).toList();
    }

    private static boolean isRevert(Reply.Error error) {
        return error.code() == REVERTED || error.message().toLowerCase(java.util.Locale.ROOT).contains("revert");
    }

    /** Transactions that {@code account} has in blocks. */
    public long nonce(Address account) {
        return number(rpc.call("eth_getTransactionCount", account.hex(), "latest"));
    }

    /** Transactions that {@code account} has in blocks that will not change any more. */
    public long finalizedNonce(Address account) {
        String block = finalityDepth.isEmpty() ? "finalized" : quantity(heights().finalized());
        return number(rpc.call("eth_getTransactionCount", account.hex(), block));
    }

    public List<BigInteger> balances(List<Address> accounts) {
        return rpc.batch(accounts.stream().map(a -> Call.of("eth_getBalance", a.hex(), "latest")).toList()).stream()
            .map(reply -> big(reply.value())).toList();
    }

    /** One answer for each raw transaction: empty when the node took it or has it. */
    public List<Optional<String>> broadcast(List<byte[]> raw) {
        var refusals = new ArrayList<Optional<String>>();
        for (Reply reply : submission.batch(raw.stream().map(r -> Call.of("eth_sendRawTransaction", Hex.encode(r))).toList())) {
            refusals.add(reply instanceof Reply.Error error ? Optional.of(error.message()) : Optional.empty());
        }
        return refusals;
    }

    /** One answer for each hash: empty while it is in no block. */
    public List<Optional<Receipt>> receipts(List<Bytes32> hashes) {
        return rpc.batch(hashes.stream().map(h -> Call.of("eth_getTransactionReceipt", h.toString())).toList()).stream()
            .map(Reply::value)
            .map(r -> !r.isObject() ? Optional.<Receipt>empty() : Optional.of(new Receipt(
                Bytes32.parse(r.path("transactionHash").asText()), number(r.path("blockNumber")),
                "0x1".equals(r.path("status").asText()))))
            .toList();
    }

    static String quantity(long value) {
        return "0x" + Long.toHexString(value);
    }

    static String quantity(BigInteger value) {
        return "0x" + value.toString(16);
    }

    private static long number(JsonNode quantity) {
        return big(quantity).longValueExact();
    }

    static BigInteger big(JsonNode quantity) {
        String text = quantity.asText();
        if (!text.startsWith("0x")) {
            throw new RpcException("a node answered no number", "");
        }
        return text.length() == 2 ? BigInteger.ZERO : new BigInteger(text.substring(2), 16);
    }
}
