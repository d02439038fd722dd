package io.walnut.enclave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.EscrowDomain;
import io.walnut.enclave.rpc.TlsProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the image contains, started by run-local.sh under its memory limit: the runtime of two modules, not a whole JDK. */
class LayerIT {

    private static final Path LAYER = Path.of("target/layer").toAbsolutePath();

    @TempDir
    private Path directory;
    private AnvilChain chain;
    private TaskFixture task;

    @BeforeAll
    static void buildLayer() throws IOException, InterruptedException {
        var builder = new ProcessBuilder("image/build-layer.sh", LAYER.toString()).inheritIO();
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process build = builder.start();
        assertTrue(build.waitFor(3, TimeUnit.MINUTES) && build.exitValue() == 0);
    }

    @BeforeEach
    void deposit() {
        chain = AnvilChain.start();
        task = TaskFixture.of(directory, new EscrowDomain(AnvilChain.CHAIN_ID, chain.deployEscrow()), 500);
        chain.deposit(task.domain.escrow(), task.deposit);
        chain.mine(5);
        task.dataset(chain.urls(3), 2);
    }

    @AfterEach
    void stop() {
        chain.close();
    }

    @Test
    void fiveHundredNotesAreSignedWithinTheMemoryLimit() throws Exception {
        assertEquals("SIGNED\n", run(""));
    }

    /** With {@code -Xshare:on} a JVM that cannot use its archive does not start. */
    @Test
    void theStartUpArchiveFits() throws Exception {
        assertEquals("SIGNED\n", run("-Xshare:on"));
    }

    @Test
    void theRuntimeSpeaksTls() throws Exception {
        try (TlsProvider provider = TlsProvider.start(chain, "localhost", directory)) {
            task.dataset(List.of(provider.url()), 1);
            assertEquals("SIGNED\n", run(String.join(" ", provider.trustOptions())));
        }
    }

    @Test
    void theCeremonysArgumentReachesTheEnclave() throws Exception {
        assertEquals("SIGNER\n", run("", "signer"));
    }

    private String run(String options, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("image/run-local.sh"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(directory.resolve("stderr").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("IEXEC_"));
        builder.environment().putAll(task.variables());
        builder.environment().put("WALNUT_LAYER", LAYER.toString());
        if (!options.isEmpty()) {
            builder.environment().put("JDK_JAVA_OPTIONS", options);
        }
        Process enclave = builder.start();
        String out = new String(enclave.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(enclave.waitFor(90, TimeUnit.SECONDS));
        assertEquals(0, enclave.exitValue(), out + Files.readString(directory.resolve("stderr")));
        return out;
    }
}
