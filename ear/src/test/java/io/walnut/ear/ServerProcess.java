package io.walnut.ear;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of its own, outside Arquillian, that can be killed at any moment and started again. */
final class ServerProcess implements AutoCloseable {
    private final Path base;
    private final int port;
    private final int management;
    private final List<String> settings;
    private Process process;

    /** @param name of its state folder @param settings system properties of the server, {@code -Dkey=value} */
    ServerProcess(String name, List<String> settings) throws IOException {
        base = Path.of(System.getProperty("walnut.it.dir"), name);
        port = TestBed.freePort();
        management = TestBed.freePort();
        this.settings = settings;
        TestBed.copy(Path.of(System.getProperty("walnut.it.server"), "standalone"), base);
        Files.createDirectories(base.resolve("deployments"));
        Files.copy(Path.of(System.getProperty("walnut.it.ear")), base.resolve("deployments/walnut.ear"),
            StandardCopyOption.REPLACE_EXISTING);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Where the server tells its health. */
    URI management() {
        return URI.create("http://127.0.0.1:" + management);
    }

    /** Where the server keeps its state. */
    Path base() {
        return base;
    }

    /** Returns when the portal answers. */
    void start() {
        launch();
        Instant end = Instant.now().plus(Api.PATIENCE);
        while (!answers()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new AssertionError("the server does not start; see " + base.resolve("console.log"));
            }
            Api.pause();
        }
    }

    /** Starts the process and does not wait. */
    void launch() {
        Path server = Path.of(System.getProperty("walnut.it.server"));
        try {
            Files.deleteIfExists(base.resolve("deployments/walnut.ear.failed"));
            var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx224m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-Djboss.home.dir=" + server, "-Djboss.server.base.dir=" + base,
                "-Djboss.http.port=" + port, "-Djboss.https.port=" + TestBed.freePort(),
                "-Djboss.management.http.port=" + management));
            command.addAll(settings);
            command.addAll(List.of("-jar", server.resolve("jboss-modules.jar").toString(), "-mp",
                server.resolve("modules").toString(), "org.jboss.as.standalone",
                "--properties=" + System.getProperty("walnut.it.properties")));
            // Once more behind the file, which says otherwise for some.
            settings.stream().filter(setting -> setting.startsWith("-Dwalnut.")).forEach(command::add);
            process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(base.resolve("console.log").toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the CLI on the stopped server's configuration. @param commands separated by commas */
    void configure(String commands) throws IOException {
        assertSuccess(cli("--commands=" + commands));
    }

    /** Gives the running server one management command, and returns what it answers. */
    String command(String command) throws IOException {
        return assertSuccess(cli("--connect", "--controller=127.0.0.1:" + management, "--command=" + command));
    }

    /** One of the scripts that come with the server's configuration. */
    static Path script(String name) {
        return Path.of(System.getProperty("walnut.it.server"), "../../scripts", name).normalize();
    }

    private static String assertSuccess(String output) {
        if (!output.contains("success") || output.contains("\"failed\"")) {
            throw new AssertionError(output);
        }
        return output;
    }

    private String cli(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
            Path.of(System.getProperty("walnut.it.server"), "bin/jboss-cli.sh").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS", "-Xmx128m -Djboss.server.base.dir=" + base);
        Process running = builder.start();
        running.getOutputStream().close();
        return new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    String log() throws IOException {
        return Files.readString(base.resolve("console.log"));
    }

    /** Returns when the server has logged this. */
    void awaitLog(String text, Duration limit) throws IOException {
        Instant end = Instant.now().plus(limit);
        while (!log().contains(text)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("never logged: " + text + "; see " + base.resolve("console.log"));
            }
            Api.pause();
        }
    }

    private boolean answers() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var probe = HttpRequest.newBuilder(address().resolve("/api/v1/health")).timeout(Duration.ofSeconds(5)).build();
            return http.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** As the machine would do it: no shutdown hook, no flush. */
    void kill() {
        kill(process);
    }

    /** Returns when it has ended. */
    static void kill(Process process) {
        process.destroyForcibly();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
