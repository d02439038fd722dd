package io.walnut.enclave.rpc;

import io.walnut.enclave.chain.BlockHeader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The fuzz target of everything that reads a provider's answer. */
public final class FuzzedAnswer {

    private FuzzedAnswer() {
    }

    public static List<byte[]> seeds() {
        return List.of(
                bytes("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0xffff\"}"),
                bytes("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-1,\"message\":\"no\"}}"),
                bytes("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"hash\":\"0x12\",\"number\":\"0x5\",\"uncles\":[],"
                        + "\"withdrawals\":[{\"index\":\"0x1\"}],\"size\":3.5e7,\"baseFeePerGas\":null}}"),
                bytes("{\"id\":1,\"result\":{\"accountProof\":[\"0xf851\",\"0x80\"],\"balance\":\"0x0\","
                        + "\"storageProof\":[{\"key\":\"0x0\",\"value\":\"0x0\",\"proof\":[\"0x80\",\"0x\"]}]}}"));
    }

    /** Whether any of the readers accepts it. */
    public static boolean accepts(byte[] input) {
        return accepts(input, JsonRpcAnswer::text)
                | accepts(input, json -> JsonRpcAnswer.texts(json, BlockHeader::isField))
                | accepts(input, Provider::accountProof);
    }

    private static boolean accepts(byte[] input, JsonRpcAnswer.ResultReader<?> reader) {
        try {
            JsonRpcAnswer.result(input, reader);
            return true;
        } catch (ProviderFault e) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
