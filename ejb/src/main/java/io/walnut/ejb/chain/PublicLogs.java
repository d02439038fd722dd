package io.walnut.ejb.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.Hex;
import io.walnut.ejb.chain.RpcClient.Call;
import io.walnut.ejb.chain.RpcClient.Reply;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The escrow's logs as an outsider reads them: with the time of each and who sent it, which events do not carry. */
@ApplicationScoped
public class PublicLogs {
    private static final int AT_ONCE = 100;

    @Inject
    private EscrowSettings settings;
    @Inject
    private Chains chains;

    /**
     * The logs of some blocks, both ends included. One request, and one for each hundred blocks and transactions in it.
     *
     * @throws RpcException when the chain cannot be asked
     */
    public List<PublicLog> read(long from, long to) {
        JsonNode logs = chains.escrow().rpc().call("eth_getLogs", Map.of(
            "address", settings.address().hex(), "fromBlock", ChainNode.quantity(from),
            "toBlock", ChainNode.quantity(to),
            "topics", List.of(List.of(EscrowAbi.DEPOSITED.toString(), EscrowAbi.CLAIMED.toString(),
                EscrowAbi.TOKEN_CLAIMED.toString(), EscrowAbi.EXITED.toString()))));
        var asked = new LinkedHashMap<String, Call>();
        for (JsonNode log : logs) {
            asked.putIfAbsent(log.path("blockNumber").asText(),
                Call.of("eth_getBlockByNumber", log.path("blockNumber").asText(), false));
            asked.putIfAbsent(log.path("transactionHash").asText(),
                Call.of("eth_getTransactionByHash", log.path("transactionHash").asText()));
        }
        Map<String, JsonNode> known = answers(asked);
        var read = new ArrayList<PublicLog>();
        for (JsonNode log : logs) {
            read.add(log(log, known.get(log.path("blockNumber").asText()),
                known.get(log.path("transactionHash").asText())));
        }
        return read;
    }

    private Map<String, JsonNode> answers(Map<String, Call> asked) {
        var keys = new ArrayList<>(asked.keySet());
        var known = new LinkedHashMap<String, JsonNode>();
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            List<String> some = keys.subList(from, Math.min(keys.size(), from + AT_ONCE));
            List<Reply> replies = chains.escrow().rpc().batch(some.stream().map(asked::get).toList());
            for (int i = 0; i < some.size(); i++) {
                known.put(some.get(i), replies.get(i).value());
            }
        }
        return known;
    }

    private static PublicLog log(JsonNode log, JsonNode block, JsonNode transaction) {
        var topics = new ArrayList<Bytes32>();
        log.path("topics").forEach(topic -> topics.add(Bytes32.parse(topic.asText())));
        return new PublicLog(ChainNode.big(log.path("blockNumber")).longValueExact(),
            ChainNode.big(log.path("logIndex")).longValueExact(), topics, Hex.decode(log.path("data").asText()),
            Instant.ofEpochSecond(ChainNode.big(block.path("timestamp")).longValueExact()),
            Bytes32.parse(log.path("transactionHash").asText()), Address.parse(transaction.path("from").asText()));
    }
}
