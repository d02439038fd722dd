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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChainNodeTest {
    private static final byte[] RAW = {2, 1};
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> askedPublicly = new CopyOnWriteArrayList<>();
    private final List<String> askedPrivately = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(s -> s.stop(0));
    }

    @Test
    void transactionsAreShownOnlyToWhereTheyAreSubmitted() throws IOException {
        try (var rpc = client(200, askedPublicly); var submission = client(200, askedPrivately)) {
            var node = new ChainNode(rpc, submission, 1, OptionalInt.of(0));
            assertEquals(List.of(Optional.empty()), node.broadcast(List.of(RAW)));
            assertEquals(42, node.heights().head());
        }
        assertEquals(1, askedPrivately.size());
        assertTrue(askedPrivately.get(0).contains("eth_sendRawTransaction"));
        assertEquals(1, askedPublicly.size());
        assertTrue(askedPublicly.get(0).contains("eth_blockNumber"));
    }

    @Test
    void transactionsAreShownToNobodyElseWhenTheyCannotBeSubmitted() throws IOException {
        try (var rpc = client(200, askedPublicly); var submission = client(503, askedPrivately)) {
            var node = new ChainNode(rpc, submission, 1, OptionalInt.of(0));
            assertThrows(RpcException.class, () -> node.broadcast(List.of(RAW)));
        }
        assertEquals(List.of(), askedPublicly);
    }

    private RpcClient client(int status, List<String> asked) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = "[{\"id\":0,\"result\":\"0x2a\"}]".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return new RpcClient(List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())));
    }
}
