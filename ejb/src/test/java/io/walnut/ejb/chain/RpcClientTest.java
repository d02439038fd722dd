package io.walnut.ejb.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RpcClientTest {
    private final List<HttpServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(s -> s.stop(0));
    }

    private URI node(int status, String body, AtomicInteger asked) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Test
    void aFailingNodeIsLeftAloneAfterItsFirstFailure() throws IOException {
        var bad = new AtomicInteger();
        var good = new AtomicInteger();
        try (var client = new RpcClient(List.of(node(503, "", bad),
            node(200, "[{\"id\":0,\"result\":\"0x2a\"}]", good)))) {
            assertEquals("0x2a", client.call("eth_blockNumber").asText());
            assertEquals("0x2a", client.call("eth_blockNumber").asText());
            assertEquals(1, bad.get());
            assertEquals(2, good.get());
        }
    }

    @Test
    void answersOfABatchAreMatchedByTheirIds() throws IOException {
        try (var client = new RpcClient(List.of(node(200,
            "[{\"id\":1,\"error\":{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x08c379a0\"}},"
                + "{\"id\":0,\"result\":\"0x1\"}]", new AtomicInteger())))) {
            var replies = client.batch(List.of(RpcClient.Call.of("a"), RpcClient.Call.of("b")));
            assertEquals("0x1", replies.get(0).value().asText());
            RpcException refused = assertThrows(RpcException.class, () -> replies.get(1).value());
            assertTrue(refused.isRefusal());
            assertEquals("0x08c379a0", refused.data());
        }
    }

    @Test
    void nonsenseCountsAsFailure() throws IOException {
        for (String nonsense : List.of("{}", "[]", "[{\"id\":7,\"result\":1}]", "not json")) {
            try (var client = new RpcClient(List.of(node(200, nonsense, new AtomicInteger())))) {
                RpcException e = assertThrows(RpcException.class, () -> client.call("a"));
                assertTrue(!e.isRefusal(), nonsense);
            }
        }
    }
}
