package io.walnut.ear;

import io.walnut.contracts.Address;
import io.walnut.contracts.Hex;
import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The devnet's chain, asked and steered directly. */
final class Chain {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Chain() {
    }

    /** No more blocks until {@link #mine} or {@link #goOn}. */
    static void hold() {
        rpc("evm_setIntervalMining", "[0]");
    }

    static void mine() {
        rpc("evm_mine", "[]");
    }

    /**
     * Returns when the node has a transaction: what the portal calls sent may still be on its way to it.
     *
     * @param transaction asked anew each time, for it may have been replaced
     */
    static void awaitKnown(Supplier<String> transaction) {
        Instant end = Instant.now().plus(Api.PATIENCE);
        while (rpc("eth_getTransactionByHash", "[\"" + transaction.get() + "\"]").isNull()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("the node was never sent " + transaction.get());
            }
            Api.pause();
        }
    }

    /** A block each second again. */
    static void goOn() {
        rpc("evm_setIntervalMining", "[1]");
    }

    /** Puts an empty block in the place of the last one. */
    static void undoLastBlock() {
        rpc("anvil_reorg", "[1,[]]");
    }

    /** Puts empty blocks in the place of the one with this transaction and all after it. */
    static void undoFrom(String transaction) {
        long block = Long.decode(rpc("eth_getTransactionReceipt", "[\"" + transaction + "\"]").get("blockNumber").asString());
        long head = Long.decode(rpc("eth_blockNumber", "[]").asString());
        rpc("anvil_reorg", "[" + (head - block + 1) + ",[]]");
    }

    /** From an account of somebody whom the portal does not know, whom the node signs for. Gives the hash at once. */
    static String send(Address to, BigInteger wei, byte[] data) {
        String from = rpc("eth_accounts", "[]").get(0).asString();
        return rpc("eth_sendTransaction", "[{\"from\":\"" + from + "\",\"to\":\"" + to.hex() + "\",\"value\":\"0x"
            + wei.toString(16) + "\",\"data\":\"" + Hex.encode(data) + "\"}]").asString();
    }

    /** @param params JSON */
    static JsonNode rpc(String method, String params) {
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + '}';
        var request = HttpRequest.newBuilder(TestBed.chain()).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(call)).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            JsonNode answer = JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
            if (answer.has("error")) {
                throw new AssertionError(method + " gave " + answer.get("error"));
            }
            return answer.get("result");
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
