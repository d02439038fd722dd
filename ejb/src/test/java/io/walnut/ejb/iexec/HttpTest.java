package io.walnut.ejb.iexec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.ejb.iexec.IexecException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

class HttpTest {

    private static final Duration SHORT = Duration.ofSeconds(2);

    private static Http.Answer get(Http http, URI url, int limit) {
        return http.send(HttpRequest.newBuilder(url).header("Authorization", "top-secret"),
                Code.GATEWAY_UNAVAILABLE, "the party", limit);
    }

    @Test
    void anAnswerWithinTheLimitIsGivenAndOneByteMoreIsRefused() {
        try (var server = new LocalServer(200, new byte[100_000]); var http = new Http(SHORT)) {
            assertEquals(100_000, get(http, server.url(), 100_000).body().length);
            var e = assertThrows(IexecException.class, () -> get(http, server.url(), 99_999));
            assertTrue(e.getMessage().endsWith("longer than 99999 bytes"), e::getMessage);
        }
    }

    @Test
    void redirectsAreNotFollowed() {
        try (var server = new LocalServer(302, ""); var http = new Http(SHORT)) {
            assertEquals(302, get(http, server.url(), 10).status());
            assertEquals(1, server.asked());
        }
    }

    @Test
    void serverErrorsAndTooManyRequestsAreUnavailable() {
        for (int status : new int[] {429, 500, 503}) {
            try (var server = new LocalServer(status, "why"); var http = new Http(SHORT)) {
                var e = assertThrows(IexecException.class, () -> get(http, server.url(), 10));
                assertEquals(Code.GATEWAY_UNAVAILABLE, e.code());
                assertEquals("the party at 127.0.0.1 answered HTTP " + status, e.getMessage());
            }
        }
    }

    /** Sends its head and then nothing: a limit on the time to the head alone would wait forever. */
    @Test
    @Timeout(20)
    void anAnswerThatNeverEndsIsGivenUp() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()); var http = new Http(SHORT)) {
            var server = Thread.ofVirtual().start(() -> {
                try (var connection = socket.accept()) {
                    connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"
                            .getBytes(StandardCharsets.US_ASCII));
                    connection.getOutputStream().flush();
                    connection.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // The client closed the connection.
                }
            });
            URI url = URI.create("http://127.0.0.1:" + socket.getLocalPort());
            var e = assertThrows(IexecException.class, () -> get(http, url, 100));
            assertEquals("the party at 127.0.0.1 did not answer in 2 s", e.getMessage());
            server.interrupt();
        }
    }

    @Test
    void messagesNeverHoldHeaders() {
        try (var http = new Http(SHORT)) {
            var e = assertThrows(IexecException.class, () -> get(http, URI.create("http://127.0.0.1:9"), 10));
            assertTrue(!e.getMessage().contains("top-secret"));
            assertEquals(Code.GATEWAY_UNAVAILABLE, e.code());
        }
    }
}
