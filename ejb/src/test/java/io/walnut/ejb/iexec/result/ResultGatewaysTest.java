package io.walnut.ejb.iexec.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.ejb.iexec.Http;
import io.walnut.ejb.iexec.LocalServer;
import io.walnut.ejb.iexec.result.ResultGateways.Download;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.List;

class ResultGatewaysTest {

    private static final Http HTTP = new Http(Duration.ofSeconds(10));
    private static final ResultLocation LOCATION = new ResultLocation("/ipfs/Qm");
    private static final byte[] ARCHIVE = {1, 2, 3};

    private static Download fetch(URI... gateways) {
        return new ResultGateways(List.of(gateways), 2, HTTP).fetch(LOCATION);
    }

    @Test
    void theNextGatewayIsAskedWhenOneFailsOrHasNothing() {
        try (var failing = new LocalServer(500, "x"); var lacking = new LocalServer(404, "no");
                var empty = new LocalServer(200, ""); var redirecting = new LocalServer(302, "");
                var good = new LocalServer(200, ARCHIVE)) {
            var archive = assertInstanceOf(Download.Archive.class, fetch(URI.create("http://127.0.0.1:9"),
                    failing.url(), lacking.url(), empty.url(), redirecting.url(), good.url()));
            assertArrayEquals(ARCHIVE, archive.bytes());
            assertEquals(1, failing.asked());
        }
    }

    @Test
    void whenNoneHasItEveryAttemptOfEveryRoundIsTold() {
        try (var lacking = new LocalServer(404, "no"); var failing = new LocalServer(503, "")) {
            var missing = assertInstanceOf(Download.NotAvailable.class, fetch(lacking.url(), failing.url()));
            assertEquals(4, missing.attempts().size());
            assertEquals("127.0.0.1: HTTP 404", missing.attempts().get(0));
            assertTrue(missing.attempts().get(3).contains("HTTP 503"));
        }
    }

    @Test
    void anAnswerBeyondTheLimitIsNoResult() {
        try (var endless = new LocalServer(200, new byte[ResultArchive.MAX_ARCHIVE_LENGTH + 1])) {
            var missing = assertInstanceOf(Download.NotAvailable.class, fetch(endless.url()));
            assertTrue(missing.attempts().get(0).contains("longer than"), missing::toString);
        }
    }
}
