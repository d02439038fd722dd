package io.walnut.ejb.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.Hex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** The escrow's events of some blocks, both ends included, in the chain's order, and the hash of one block. */
    Slice events(long from, long to, long hashOf) {
        List<RpcClient.Reply> replies = chains.escrow().rpc().batch(List.of(
            RpcClient.Call.of("eth_getLogs", Map.of(
                "address", settings.address().hex(), "fromBlock", ChainNode.quantity(from),
                "toBlock", ChainNode.quantity(to),
                "topics", List.of(List.of(EscrowAbi.DEPOSITED.toString(), EscrowAbi.CLAIMED.toString(),
                    EscrowAbi.EXITED.toString())))),
            RpcClient.Call.of("eth_getBlockByNumber", ChainNode.quantity(hashOf), false)));
        JsonNode logs = replies.get(0).value();
        return new Slice(StreamSupport.stream(logs.spliterator(), false)
            .filter(log -> !log.path("removed").asBoolean(false))
            .map(EscrowEvent::decode).toList(), ChainNode.hash(replies.get(1)));
    }

    public boolean isSigner(Address signer) {
        return isTrue(EscrowAbi.isSigner(signer));
    }

    public boolean isRedeemed(Address linkKey) {
        return isTrue(EscrowAbi.isRedeemed(linkKey));
    }

    /** Runs a call on the newest state without sending it. @throws RpcException with the revert's data */
    public void simulate(Address from, byte[] data) {
        call(from, data);
    }

    private boolean isTrue(byte[] data) {
        return ChainNode.big(call(Address.ZERO, data)).signum() != 0;
    }

    private JsonNode call(Address from, byte[] data) {
        return chains.escrow().rpc().call("eth_call", Map.of("from", from.hex(), "to", settings.address().hex(),
            "data", Hex.encode(data)), "latest");
    }
}
