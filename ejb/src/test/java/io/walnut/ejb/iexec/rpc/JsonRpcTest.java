package io.walnut.ejb.iexec.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.ejb.iexec.Http;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.IexecException.Code;
import io.walnut.ejb.iexec.LocalServer;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Answers that a real node does not give on demand; the client against a real one is HubTest. */
class JsonRpcTest {

    private static final Http HTTP = new Http(Duration.ofSeconds(5));

    private static JsonRpc rpc(URI... endpoints) {
        return new JsonRpc(Arrays.asList(endpoints), HTTP);
    }

    private static Code refusal(int status, String body) {
        try (var server = new LocalServer(status, body)) {
            return assertThrows(IexecException.class, () -> rpc(server.url()).call("eth_x")).code();
        }
    }

    @Test
    void aNodeThatAnswersNonsenseIsPassedOverForTheNext() {
        try (var bad = new LocalServer(200, "<html>"); var alsoBad = new LocalServer(503, "");
                var good = new LocalServer(200, "{\"id\":0,\"result\":\"0x10\"}")) {
            JsonRpc rpc = rpc(bad.url(), alsoBad.url(), good.url());
            assertEquals("0x10", rpc.call("eth_blockNumber").asText());
            assertEquals("0x10", rpc.call("eth_blockNumber").asText());
            assertEquals(1, bad.asked(), "the node that answered is preferred afterwards");
        }
    }

    @Test
    void anErrorIsBelievedAndNotTakenToTheNextNode() {
        try (var refusing = new LocalServer(200, "{\"id\":0,\"error\":{\"code\":-32000,\"message\":\"no\\nway\"}}");
                var other = new LocalServer(200, "{\"id\":0,\"result\":1}")) {
            var e = assertThrows(IexecException.class, () -> rpc(refusing.url(), other.url()).call("eth_x"));
            assertEquals("the iExec chain's node refused eth_x: no way", e.getMessage());
            assertEquals(0, other.asked());
        }
    }

    @Test
    void anOverloadedNodeIsPassedOverAndTransient() {
        String overloaded = "{\"id\":0,\"error\":{\"code\":-32005,\"message\":\"limit exceeded\"}}";
        assertEquals(Code.RPC_UNAVAILABLE, refusal(200, overloaded));
        try (var busy = new LocalServer(200, overloaded); var other = new LocalServer(200, "{\"id\":0,\"result\":1}")) {
            assertEquals(1, rpc(busy.url(), other.url()).call("eth_x").asInt());
        }
    }

    @Test
    void nonsenseHasACodeOfItsOwn() {
        assertEquals(Code.RPC_UNAVAILABLE, refusal(200, ""));
        assertEquals(Code.RPC_UNAVAILABLE, refusal(200, "7"));
        assertEquals(Code.RPC_UNAVAILABLE, refusal(404, "not found"));
        assertEquals(Code.RPC_NONSENSE, refusal(200, "{}"));
    }

    @Test
    void aBatchIsSortedByIdAndMustBeWhole() {
        var calls = List.of(new JsonRpc.Call("a", List.of()), new JsonRpc.Call("b", List.of()));
        try (var server = new LocalServer(200, "[{\"id\":1,\"result\":\"b\"},{\"id\":0,\"result\":\"a\"}]")) {
            assertEquals("a", rpc(server.url()).batch(calls).get(0).asText());
        }
        try (var server = new LocalServer(200, "[{\"id\":1,\"result\":\"b\"},{\"id\":7,\"result\":\"a\"}]")) {
            assertEquals(Code.RPC_NONSENSE,
                    assertThrows(IexecException.class, () -> rpc(server.url()).batch(calls)).code());
        }
    }

    @Test
    void aLongErrorIsCut() {
        assertTrue(new RpcAnswer.Failure(1, "x".repeat(10_000), "0x").message().length() <= 300);
    }
}
