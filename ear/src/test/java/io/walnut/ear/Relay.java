package io.walnut.ear;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** An RPC endpoint in front of the devnet's chain, which can be gone for a while, and tells what it is asked. */
final class Relay implements AutoCloseable {
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private HttpServer server;
    private volatile Consumer<String> listener = request -> { };

    Relay(int port) {
        this.port = port;
        open();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port + '/');
    }

    /** The listener hears each request, a batch in JSON, and returns before the chain gets it. */
    void listen(Consumer<String> newListener) {
        listener = newListener;
    }

    void open() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] request = exchange.getRequestBody().readAllBytes();
                listener.accept(new String(request, StandardCharsets.UTF_8));
                var call = HttpRequest.newBuilder(TestBed.chain()).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(request)).build();
                byte[] answer = http.send(call, HttpResponse.BodyHandlers.ofByteArray()).body();
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    /** Nothing answers at the address any more. */
    void shut() {
        server.stop(0);
    }

    @Override
    public void close() {
        shut();
        threads.shutdownNow();
        http.close();
    }
}
