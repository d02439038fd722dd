package io.walnut.ejb.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.Hex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What the portal asks the escrow. Every method throws {@link RpcException} when the chain cannot be asked. */
@ApplicationScoped
public class EscrowChain {
    @Inject
    private EscrowSettings settings;
    @Inject
    private Chains chains;

    /** How far the chain is, and the hash of one block. */
    ChainNode.Sight look(long block) {
        return chains.escrow().look(block);
    }

    /** @param hash of the block that was asked for along with the events */
    record Slice(List<EscrowEvent> events, Optional<Bytes32> hash) {
    }

    /**
     * The escrow's events of some blocks, both ends included, in the chain's order.
     *
     * @param hashOf the number of a block whose hash is wanted too; empty for none
     */
    Slice events(long from, long to, OptionalLong hashOf) {
        var calls = new ArrayList<>(List.of(RpcClient.Call.of("eth_getLogs", Map.of(
            "address", settings.address().hex(), "fromBlock", ChainNode.quantity(from),
            "toBlock", ChainNode.quantity(to),
            "topics", List.of(List.of(EscrowAbi.DEPOSITED.toString(), EscrowAbi.CLAIMED.toString(),
                EscrowAbi.TOKEN_CLAIMED.toString(), EscrowAbi.EXITED.toString()))))));
        hashOf.ifPresent(block -> calls.add(RpcClient.Call.of("eth_getBlockByNumber", ChainNode.quantity(block), false)));
        List<RpcClient.Reply> replies = chains.escrow().rpc().batch(calls);
        JsonNode logs = replies.get(0).value();
        return new Slice(StreamSupport.stream(logs.spliterator(), false)
            .filter(log -> !log.path("removed").asBoolean(false))
            .map(EscrowEvent::decode).toList(), replies.size() == 1 ? Optional.empty() : ChainNode.hash(replies.get(1)));
    }

    public boolean isSigner(Address signer) {
        return isTrue(EscrowAbi.isSigner(signer));
    }

    public boolean isRedeemed(Address linkKey) {
        return isTrue(EscrowAbi.isRedeemed(linkKey));
    }

    /** What became of a note, and of a call that would redeem it. @param refusal what the call would revert with */
    public record Look(boolean isRedeemed, Optional<RpcException> refusal) {
    }

    /** Both at once, on the newest state; one request. */
    public Look look(Address linkKey, Address from, byte[] data) {
        List<RpcClient.Reply> replies = chains.escrow().rpc().batch(List.of(
            RpcClient.Call.of("eth_call", tx(Address.ZERO, EscrowAbi.isRedeemed(linkKey)), "latest"),
            RpcClient.Call.of("eth_call", tx(from, data), "latest")));
        Optional<RpcException> refusal = replies.get(1) instanceof RpcClient.Reply.Error error
            ? Optional.of(new RpcException(error.message(), error.data())) : Optional.empty();
        return new Look(ChainNode.big(replies.get(0).value()).signum() != 0, refusal);
    }

    /**
     * The event that redeemed a note.
     *
     * @param from the first block that is looked at
     */
    public Optional<Redemption> redemption(Address linkKey, long from) {
        String key = "0x" + "00".repeat(12) + linkKey.hex().substring(2);
        String block = ChainNode.quantity(Math.max(from, settings.fromBlock()));
        return chains.escrow().rpc().batch(List.of(
                logs(block, List.of(List.of(EscrowAbi.CLAIMED.toString(), EscrowAbi.TOKEN_CLAIMED.toString()), key)),
                logs(block, Arrays.asList(EscrowAbi.EXITED.toString(), null, key)))).stream()
            .flatMap(reply -> StreamSupport.stream(reply.value().spliterator(), false)).map(EscrowEvent::decode)
            .map(EscrowEvent.Redeemed.class::cast).findFirst()
            .map(r -> new Redemption(r.linkKey(), r.recipient(), r.amount(), r.txHash(), r.blockNumber()));
    }

    private RpcClient.Call logs(String fromBlock, List<?> topics) {
        return RpcClient.Call.of("eth_getLogs", Map.of("address", settings.address().hex(), "fromBlock", fromBlock,
            "toBlock", "latest", "topics", topics));
    }

    /** The link keys of the notes that a transaction has paid by voucher; none while it is in no block. */
    public Set<Address> claimedIn(Bytes32 transaction) {
        JsonNode receipt = chains.escrow().rpc().call("eth_getTransactionReceipt", transaction.toString());
        String escrow = settings.address().hex();
        return StreamSupport.stream(receipt.path("logs").spliterator(), false)
            .filter(log -> escrow.equalsIgnoreCase(log.path("address").asText())
                && isClaimed(log.path("topics").path(0).asText()))
            .map(log -> ((EscrowEvent.Redeemed) EscrowEvent.decode(log)).linkKey()).collect(Collectors.toSet());
    }

    private static boolean isClaimed(String topic) {
        return EscrowAbi.CLAIMED.toString().equals(topic) || EscrowAbi.TOKEN_CLAIMED.toString().equals(topic);
    }

    private boolean isTrue(byte[] data) {
        return ChainNode.big(call(Address.ZERO, data)).signum() != 0;
    }

    private JsonNode call(Address from, byte[] data) {
        return chains.escrow().rpc().call("eth_call", tx(from, data), "latest");
    }

    private Map<String, String> tx(Address from, byte[] data) {
        return Map.of("from", from.hex(), "to", settings.address().hex(), "data", Hex.encode(data));
    }
}
