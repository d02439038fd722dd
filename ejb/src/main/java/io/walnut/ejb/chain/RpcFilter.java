package io.walnut.ejb.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.contracts.Address;
import io.walnut.contracts.EscrowAbi;
import io.walnut.ejb.shared.Refusal;
import io.walnut.ejb.shared.Refusal.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which JSON-RPC requests are passed on: the chain's id, views of the escrow and of its tokens, the escrow's events
 * of one link key, and receipts.
 *
 * @param fromBlock where the escrow's events begin
 * @param callable whose views may be called
 */
record RpcFilter(Address escrow, long fromBlock, List<Address> callable) {
    /** A selector and at most one argument: no such function of these contracts is costly. */
    private static final Pattern VIEW = Pattern.compile("0x[0-9a-fA-F]{8}([0-9a-fA-F]{64})?");
    private static final Pattern HASH = Pattern.compile("0x[0-9a-fA-F]{64}");

    /** The request, rebuilt. @throws Refusal {@code rpc_refused} */
    RpcClient.Call check(String method, JsonNode params) {
        return switch (method) {
            case "eth_chainId" -> RpcClient.Call.of(method);
            case "eth_call" -> view(params.path(0));
            case "eth_getLogs" -> logs(params.path(0));
            case "eth_getTransactionReceipt" -> RpcClient.Call.of(method, matching(params.path(0), HASH));
            default -> throw refused("the method is not offered");
        };
    }

    private RpcClient.Call view(JsonNode call) {
        Address to = address(call.path("to"));
        if (!callable.contains(to)) {
            throw refused("only the escrow and its tokens can be called");
        }
        return RpcClient.Call.of("eth_call", Map.of("to", to.toString(), "data", matching(call.path("data"), VIEW)),
            "latest");
    }

    private RpcClient.Call logs(JsonNode filter) {
        if (!address(filter.path("address")).equals(escrow)) {
            throw refused("only the escrow's events are offered");
        }
        JsonNode topics = filter.path("topics");
        String event = matching(topics.path(0), HASH);
        // The link key is the first indexed argument of a claim's events, and the second of Exited.
        int position = event.equalsIgnoreCase(EscrowAbi.CLAIMED.toString())
            || event.equalsIgnoreCase(EscrowAbi.TOKEN_CLAIMED.toString()) ? 1
            : event.equalsIgnoreCase(EscrowAbi.EXITED.toString()) ? 2 : 0;
        if (position == 0) {
            throw refused("only claims and exits are offered");
        }
        var wanted = new ArrayList<String>();
        wanted.add(event);
        if (position == 2) {
            wanted.add(null);
        }
        wanted.add(matching(topics.path(position), HASH));
        return RpcClient.Call.of("eth_getLogs", Map.of("address", escrow.toString(), "topics", wanted,
            "fromBlock", "0x" + Long.toHexString(fromBlock), "toBlock", "latest"));
    }

    private static Address address(JsonNode node) {
        try {
            return Address.parse(node.asText());
        } catch (IllegalArgumentException e) {
            throw refused("an address is malformed");
        }
    }

    private static String matching(JsonNode node, Pattern pattern) {
        if (!node.isTextual() || !pattern.matcher(node.asText()).matches()) {
            throw refused("a parameter is malformed or too long");
        }
        return node.asText();
    }

    private static Refusal refused(String why) {
        return Refusal.of(Kind.FORBIDDEN, "rpc_refused", "Only what a claim page reads is passed on: " + why + '.');
    }
}
