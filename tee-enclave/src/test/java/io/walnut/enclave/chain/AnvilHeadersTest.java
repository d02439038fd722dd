package io.walnut.enclave.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.walnut.enclave.AnvilChain;
import io.walnut.enclave.rpc.Provider;
import io.walnut.enclave.rpc.ProviderFault;
import io.walnut.enclave.rpc.RpcLimits;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers of every shape, made by a node that was not written by us. */
class AnvilHeadersTest {

    @ParameterizedTest
    @CsvSource({"london,16", "paris,16", "shanghai,17", "cancun,20", "prague,21", "osaka,21"})
    void aHeaderOfEachForkHashesToWhatTheNodeCallsIt(String fork, int fields) throws ProviderFault {
        try (AnvilChain chain = AnvilChain.start("--hardfork", fork)) {
            chain.mine(3);
            String block = chain.call("eth_getBlockByNumber", "\"0x2\",false");
            var header = new Provider(URI.create(chain.urls(1).get(0)), RpcLimits.STANDARD).headerAt(2);
            assertEquals(AnvilChain.field(block, "hash"), header.hash().toString());
            assertEquals(fields, block.split("\"(parentHash|sha3Uncles|miner|stateRoot|transactionsRoot|receiptsRoot"
                    + "|logsBloom|difficulty|number|gasLimit|gasUsed|timestamp|extraData|mixHash|nonce|baseFeePerGas"
                    + "|withdrawalsRoot|blobGasUsed|excessBlobGas|parentBeaconBlockRoot|requestsHash)\":\"").length - 1);
        }
    }
}
