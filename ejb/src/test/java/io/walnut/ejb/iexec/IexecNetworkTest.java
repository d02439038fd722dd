package io.walnut.ejb.iexec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Bytes32;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;

class IexecNetworkTest {

    private static IexecNetwork configured(String... keysAndValues) {
        var config = new HashMap<String, String>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            config.put("walnut.iexec." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return IexecNetwork.configured(config::get);
    }

    private static String refusal(String... keysAndValues) {
        var e = assertThrows(IexecException.class, () -> configured(keysAndValues));
        assertEquals(IexecException.Code.CONFIGURATION, e.code());
        return e.getMessage();
    }

    @Test
    void aPresetsChainIdIsEnough() {
        assertEquals(IexecNetwork.Preset.ARBITRUM_ONE.with(TeeFramework.TDX), configured("chain-id", "42161"));
    }

    @Test
    void aPresetsValuesCanBeOverridden() {
        var network = configured("chain-id", "42161", "rpc-urls", "https://a.example, https://b.example/x",
                "framework", "scone");
        assertEquals(2, network.rpcUrls().size());
        assertEquals(TeeFramework.SCONE, network.framework());
        assertEquals(IexecNetwork.Preset.ARBITRUM_ONE.with(TeeFramework.SCONE).hub(), network.hub());
    }

    @Test
    void anUnknownChainNeedsEverything() {
        assertEquals("set walnut.iexec.hub: the hub's address", refusal("chain-id", "65535"));
    }

    @Test
    void aBadValueIsNamedByItsKey() {
        assertEquals("walnut.iexec.framework: TEE framework must be scone or tdx, not \"sgx\"",
                refusal("chain-id", "42161", "framework", "sgx"));
        assertEquals("walnut.iexec.sms-url: an http or https URL is needed",
                refusal("chain-id", "42161", "sms-url", "ftp://x.example"));
    }

    @Test
    void bellecourRunsSconeOnly() {
        assertTrue(configured("chain-id", "134", "framework", "scone").nativeFunds());
        assertEquals("walnut.iexec.framework: Bellecour runs SCONE only: choose the framework scone",
                refusal("chain-id", "134", "framework", "tdx"));
    }

    @Test
    void rpcUrlsAreNotShownForTheyMayHoldAnApiKey() {
        assertEquals("arbitrum-one (chain 42161, tdx)",
                configured("chain-id", "42161", "rpc-urls", "https://a.example/v2/key").toString());
    }

    @Test
    void frameworkTagsDoNotMix() {
        Bytes32 teeOnly = Bytes32.parse("0x" + "0".repeat(63) + "1");
        for (var framework : Map.of(TeeFramework.SCONE, TeeFramework.TDX, TeeFramework.TDX, TeeFramework.SCONE)
                .entrySet()) {
            assertTrue(framework.getKey().accepts(framework.getKey().tag()));
            assertTrue(framework.getKey().accepts(teeOnly));
            assertFalse(framework.getKey().accepts(framework.getValue().tag()));
            assertFalse(framework.getKey().isServedBy(framework.getValue().tag()));
            assertFalse(framework.getKey().isServedBy(teeOnly));
        }
    }
}
