package io.walnut.devnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    @Test
    void everyOptionIsTaken() {
        DevnetOptions options = CommandLine.parse("--framework", "scone", "--block-time", "3", "--finality-depth", "10",
                "--rpc-port", "8545", "--http-port", "8080", "--app", "docker.io/me/app:1=node /app.js --flag");
        assertEquals(Framework.SCONE, options.framework());
        assertEquals(Duration.ofSeconds(3), options.blockTime());
        assertEquals(10, options.finalityDepth());
        assertEquals(8545, options.rpcPort());
        assertEquals(8080, options.httpPort());
        assertEquals(Map.of("docker.io/me/app:1", List.of("node", "/app.js", "--flag")), options.commands());
    }

    @ParameterizedTest
    @CsvSource({"--framework, sgx", "--block-time, 0", "--finality-depth, 3", "--rpc-port, 70000", "--http-port, x",
        "--app, no-command", "--unknown, 1"})
    void badValueIsNamed(String option, String value) {
        var refused = assertThrows(DevnetException.class, () -> CommandLine.parse(option, value));
        assertEquals("BAD_OPTION", refused.code());
        assertTrue(refused.getMessage().contains(option), refused.getMessage());
    }

    @Test
    void optionWithoutValueIsRefused() {
        assertThrows(DevnetException.class, () -> CommandLine.parse("--dir"));
    }
}
