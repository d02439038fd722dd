package io.walnut.privacy.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.EscrowAbi;
import io.walnut.contracts.Hex;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the check of a receipt asks a node. */
final class Chain implements AutoCloseable {

    private final JsonRpc rpc;

    Chain(URI node) {
        rpc = new JsonRpc(node);
    }

    /** @param data the event's words without topics */
    record Log(Address contract, List<Bytes32> topics, byte[] data) {
    }

    /** A transaction that succeeded. */
    record Mined(long block, List<Log> logs) {
    }

    long chainId() throws IOException {
        return quantity(rpc.call("eth_chainId"));
    }

    /** @return empty for a transaction that is unknown, pending or reverted */
    Optional<Mined> mined(Bytes32 transaction) throws IOException {
        JsonNode receipt = rpc.call("eth_getTransactionReceipt", transaction.toString());
        if (receipt.isNull() || quantity(receipt.path("status")) != 1) {
            return Optional.empty();
        }
        var logs = new ArrayList<Log>();
        try {
            for (JsonNode log : receipt.path("logs")) {
                var topics = new ArrayList<Bytes32>();
                log.path("topics").forEach(topic -> topics.add(Bytes32.parse(topic.asText())));
                logs.add(new Log(Address.parse(log.path("address").asText()), topics, Hex.decode(log.path("data").asText())));
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("the node's answer about " + transaction + " is malformed", e);
        }
        return Optional.of(new Mined(quantity(receipt.path("blockNumber")), logs));
    }

    /** The depositor that the escrow has noted; zero for none. */
    Address depositor(Address escrow, Bytes32 deposit) throws IOException {
        byte[] answer = call(escrow, EscrowAbi.depositOf(deposit));
        if (answer.length != 64) {
            return Address.ZERO;
        }
        return Address.of(java.util.Arrays.copyOfRange(answer, 12, 32));
    }

    boolean isRedeemed(Address escrow, Address linkKey) throws IOException {
        byte[] answer = call(escrow, EscrowAbi.isRedeemed(linkKey));
        return answer.length == 32 && answer[31] == 1;
    }

    /** The number of the last block that the chain's consensus will not take back. */
    long finalized() throws IOException {
        JsonNode block = rpc.call("eth_getBlockByNumber", "finalized", false);
        if (block.isNull()) {
            throw new IOException("the node does not say which block is final: give --depth");
        }
        return quantity(block.path("number"));
    }

    long head() throws IOException {
        return quantity(rpc.call("eth_blockNumber"));
    }

    private byte[] call(Address to, byte[] data) throws IOException {
        JsonNode answer = rpc.call("eth_call", Map.of("to", to.hex(), "data", Hex.encode(data)), "latest");
        try {
            return Hex.decode(answer.asText());
        } catch (IllegalArgumentException e) {
            throw new IOException("the node's answer to a call is malformed", e);
        }
    }

    private static long quantity(JsonNode node) throws IOException {
        try {
            return Long.decode(node.asText());
        } catch (NumberFormatException e) {
            throw new IOException("the node's answer holds no number where one must be", e);
        }
    }

    @Override
    public void close() {
        rpc.close();
    }
}
