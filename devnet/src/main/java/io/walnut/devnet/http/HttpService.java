package io.walnut.devnet.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.walnut.devnet.DevnetException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** An HTTP server on 127.0.0.1 with routes. */
public final class HttpService implements AutoCloseable {

    /** Answers one request; throws {@link HttpError} to refuse. */
    public interface Handler {
        Response handle(Request request);
    }

    private record Route(String method, List<String> segments, Handler handler) {

        Map<String, String> match(String requested, List<String> path) {
            boolean head = requested.equals("HEAD") && method.equals("GET");
            if (!(requested.equals(method) || head) || path.size() != segments.size()) {
                return null;
            }
            var values = new HashMap<String, String>();
            for (int i = 0; i < path.size(); i++) {
                String segment = segments.get(i);
                if (segment.startsWith("{")) {
                    values.put(segment.substring(1, segment.length() - 1), path.get(i));
                } else if (!segment.equals(path.get(i))) {
                    return null;
                }
            }
            return values;
        }
    }

    private static final Pattern LOOPBACK = Pattern.compile("(127\\.0\\.0\\.1|localhost)(:\\d+)?");
    private static final int MAX_BODY = 64 * 1024 * 1024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Route> routes = new ArrayList<>();

    private final boolean anyOrigin;

    /** A service that pages of any origin may use, as iExec's own services are. */
    public static HttpService open() {
        return new HttpService(0, true);
    }

    /**
     * A service for its own pages only.
     *
     * @param port 0 for a free one
     */
    public static HttpService closed(int port) {
        return new HttpService(port, false);
    }

    private HttpService(int port, boolean anyOrigin) {
        this.anyOrigin = anyOrigin;
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        } catch (IOException e) {
            throw new DevnetException("PORT_IN_USE",
                    "port " + port + " is taken: choose another, or 0 for a free one", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
    }

    /**
     * A GET route answers HEAD too, unless an earlier route is for HEAD.
     *
     * @param pattern such as {@code /apps/{app}/secrets}
     */
    public HttpService route(String method, String pattern, Handler handler) {
        routes.add(new Route(method, segments(pattern), handler));
        return this;
    }

    public HttpService start() {
        server.start();
        return this;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Response response;
            try {
                response = answer(exchange);
            } catch (HttpError e) {
                response = Response.error(e.status(), e.getMessage());
            } catch (RuntimeException e) {
                response = Response.error(500, "internal error: " + e.getMessage());
            }
            send(exchange, response);
        }
    }

    private Response answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        if (method.equals("OPTIONS")) {
            return Response.empty(204);
        }
        if (!anyOrigin && !LOOPBACK.matcher(exchange.getRequestHeaders().getFirst("Host")).matches()) {
            // A page whose host name was made to point here is not one of ours.
            throw new HttpError(403, "this address is served as 127.0.0.1 or localhost only");
        }
        List<String> path = segments(exchange.getRequestURI().getRawPath());
        for (Route route : routes) {
            Map<String, String> values = route.match(method, path);
            if (values != null) {
                return route.handler().handle(request(exchange, method, values));
            }
        }
        return Response.error(404, "there is nothing at this address");
    }

    private static Request request(HttpExchange exchange, String method, Map<String, String> values)
            throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new HttpError(413, "the body is larger than " + MAX_BODY + " bytes");
        }
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders().forEach((name, all) -> headers.put(name.toLowerCase(Locale.ROOT), all.getFirst()));
        return new Request(method, exchange.getRequestURI().toString(), values,
                query(exchange.getRequestURI().getRawQuery()), headers, body);
    }

    private void send(HttpExchange exchange, Response response) throws IOException {
        var headers = exchange.getResponseHeaders();
        if (anyOrigin) {
            headers.set("Access-Control-Allow-Origin", "*");
            headers.set("Access-Control-Allow-Headers", "*, Authorization");
            headers.set("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, OPTIONS");
        }
        if (response.type() != null) {
            headers.set("Content-Type", response.type());
        }
        boolean bodiless = exchange.getRequestMethod().equals("HEAD") || response.body().length == 0;
        exchange.sendResponseHeaders(response.status(), bodiless ? -1 : response.body().length);
        if (!bodiless) {
            exchange.getResponseBody().write(response.body());
        }
    }

    private static List<String> segments(String path) {
        var segments = new ArrayList<String>();
        for (String segment : path.split("/")) {
            if (!segment.isEmpty()) {
                segments.add(decode(segment));
            }
        }
        return segments;
    }

    private static Map<String, String> query(String raw) {
        var values = new LinkedHashMap<String, String>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        }
        return values;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
