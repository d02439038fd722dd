package io.walnut.ejb.iexec.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.walnut.contracts.Address;
import io.walnut.ejb.iexec.Http;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.IexecNetwork;
import io.walnut.ejb.iexec.LocalServer;
import io.walnut.ejb.iexec.TeeFramework;
import io.walnut.ejb.iexec.rpc.JsonRpc;
import org.junit.jupiter.api.Test;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Utf8String;

import java.time.Duration;
import java.util.List;

/** Nodes put a revert's reason in different places; anvil's is tried by HubTest. */
class RevertReasonTest {

    private static final String REASON = FunctionEncoder.encode(
            new Function("Error", List.of(new Utf8String("iExecV5-matchOrders-0x05")), List.of()));

    private static IexecException failure(int code, String message, String data) {
        String body = "{\"id\":0,\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\",\"data\":\"" + data
                + "\"}}";
        try (var server = new LocalServer(200, body); var http = new Http(Duration.ofSeconds(5))) {
            var network = IexecNetwork.Preset.BELLECOUR.with(TeeFramework.SCONE);
            var hub = new Hub(network, new JsonRpc(List.of(server.url()), http));
            return assertThrows(IexecException.class, () -> hub.account(Address.ZERO));
        }
    }

    @Test
    void theReasonIsFoundWhereEachKindOfNodePutsIt() {
        for (var failure : List.of(failure(3, "execution reverted", REASON),
                failure(-32000, "execution reverted", REASON),
                failure(-32015, "VM execution error.", "Reverted " + REASON))) {
            assertEquals(IexecException.Code.CALL_REVERTED, failure.code());
            assertEquals("the contract refused: iExecV5-matchOrders-0x05", failure.getMessage());
        }
    }

    @Test
    void aRevertWithoutReasonGivesTheNodesMessage() {
        assertEquals("the contract refused: execution reverted", failure(3, "execution reverted", "0x").getMessage());
    }

    @Test
    void anErrorOfTheNodeIsNotTakenForARevert() {
        assertEquals(IexecException.Code.RPC_REFUSED, failure(-32601, "no such method", "0x").code());
    }

    @Test
    void aReasonThatIsNoneIsNonsense() {
        assertEquals(IexecException.Code.RPC_NONSENSE, failure(3, "execution reverted", "0x08c379a0ff").code());
    }
}
