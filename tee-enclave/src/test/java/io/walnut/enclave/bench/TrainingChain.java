package io.walnut.enclave.bench;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Deposit;
import io.walnut.contracts.Hex;
import io.walnut.enclave.chain.BlockHeader;
import io.walnut.enclave.chain.SmallState;
import io.walnut.enclave.rpc.ScriptedProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A chain of one block that holds one deposit, for the run that fills the start-up archive: building an
 * image must not need a node. Its header and proofs are as valid as a real chain's.
 */
final class TrainingChain implements AutoCloseable {

    private final String chainId;
    private final String header;
    private final String proof;
    private final ScriptedProvider server;

    TrainingChain(long chainId, Address escrow, Deposit deposit) {
        var state = new SmallState(escrow, deposit.storageSlot(), slot());
        this.chainId = "0x" + Long.toHexString(chainId);
        this.header = header(state.root());
        this.proof = state.proofJson();
        this.server = ScriptedProvider.start(this::answer);
    }

    String url() {
        return server.url();
    }

    private void answer(String request, OutputStream out) throws IOException {
        String result = request.contains("eth_chainId") ? "\"" + chainId + "\""
                : request.contains("eth_getProof") ? proof : header;
        ScriptedProvider.ok(out, ("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] slot() {
        byte[] slot = new byte[32];
        java.util.Arrays.fill(slot, 7, 32, (byte) 0x42);
        return slot;
    }

    private static String header(Bytes32 stateRoot) {
        Map<String, String> fields = new HashMap<>();
        for (String name : "parentHash sha3Uncles transactionsRoot receiptsRoot mixHash".split(" ")) {
            fields.put(name, "0x" + "5a".repeat(32));
        }
        for (String name : "difficulty number gasLimit gasUsed timestamp baseFeePerGas".split(" ")) {
            fields.put(name, "0x64");
        }
        fields.put("stateRoot", stateRoot.toString());
        fields.put("miner", Hex.encode(new byte[20]));
        fields.put("logsBloom", Hex.encode(new byte[256]));
        fields.put("nonce", Hex.encode(new byte[8]));
        fields.put("extraData", Hex.encode(new byte[32]));
        fields.put("hash", BlockHeader.ofFields(fields).orElseThrow().hash().toString());
        return fields.entrySet().stream().map(entry -> '"' + entry.getKey() + "\":\"" + entry.getValue() + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
