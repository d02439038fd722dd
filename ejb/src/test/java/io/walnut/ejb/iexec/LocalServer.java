package io.walnut.ejb.iexec;

import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/** A party that answers what no honest one does: the same bytes to everything. */
public final class LocalServer implements AutoCloseable {

    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();

    public LocalServer(int status, byte[] body) {
        this(method -> status, body);
    }

    /** @param status by HTTP method */
    public LocalServer(ToIntFunction<String> status, byte[] body) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            boolean silent = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status.applyAsInt(exchange.getRequestMethod()), silent ? -1 : body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(silent ? new byte[0] : body);
            } catch (IOException e) {
                // The client gave up, which is what some tests want to see.
            }
        });
        server.start();
    }

    public LocalServer(int status, String body) {
        this(status, body.getBytes(StandardCharsets.UTF_8));
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public int asked() {
        return asked.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
