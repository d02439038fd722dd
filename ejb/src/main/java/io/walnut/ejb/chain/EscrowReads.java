package io.walnut.ejb.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.ejb.shared.Refusal;
import io.walnut.ejb.shared.Refusal.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets through the few reads that a claim page needs, each rebuilt from its checked parts, so that strangers
 * cannot spend the portal's RPC quota on anything else.
 */
@ApplicationScoped
public class EscrowReads {
    @Inject
    private Chains chains;
    @Inject
    private EscrowSettings escrow;
    @Inject
    private Tokens tokens;

    /**
     * The node's answer.
     *
     * @throws Refusal {@code rpc_refused} for what is no such read, {@code chain_unavailable} when no node answers
     */
    public RpcClient.Reply read(String method, JsonNode params) {
        RpcClient.Call call = filter().check(method, params);
        try {
            return chains.escrow().rpc().batch(List.of(call)).get(0);
        } catch (RpcException e) {
            throw Refusal.of(Kind.UNAVAILABLE, "chain_unavailable",
                "The chain cannot be reached; try again in a minute.");
        }
    }

    private RpcFilter filter() {
        return new RpcFilter(escrow.address(), escrow.fromBlock(),
            Stream.concat(Stream.of(escrow.address()), tokens.all().stream().map(Tokens.Token::address)).toList());
    }
}
