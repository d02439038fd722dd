package io.walnut.devnet.launch;

import io.walnut.devnet.process.Children;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The provisioned WildFly with the EAR, as a child process with a state folder of its own. */
final class Portal implements AutoCloseable {

    private static final Duration BOOT_LIMIT = Duration.ofMinutes(5);
    /** A machine on which much else runs may take minutes. */
    private static final Duration RESTART_LIMIT = Duration.ofMinutes(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(100);

    private final ProcessBuilder builder;
    private final URI address;
    private final Path log;
    private final Duration bootTime;
    private volatile Process process;

    private Portal(ProcessBuilder builder, URI address, Path log) throws IOException {
        this.builder = builder;
        this.address = address;
        this.log = log;
        this.process = Children.start(builder);
        this.bootTime = awaitReady(BOOT_LIMIT);
    }

    /**
     * Returns when the portal answers that it is ready.
     *
     * @param root the repository, built
     * @param base the server's state: configuration, database, logs; made here
     * @param settings the devnet's {@code portal.properties}
     * @param more system properties, {@code -Dkey=value}
     */
    static Portal start(Path root, Path base, Path settings, int httpPort, List<String> more) {
        Path server = root.resolve("wildfly-config/target/server");
        URI address = URI.create("http://127.0.0.1:" + httpPort);
        try {
            copy(server.resolve("standalone"), base);
            Files.createDirectories(base.resolve("deployments"));
            Files.copy(root.resolve("ear/target/walnut.ear"), base.resolve("deployments/walnut.ear"));
            Path log = base.resolve("console.log");
            var builder = new ProcessBuilder(Stream.concat(command(server, base, settings, address).stream(),
                    more.stream()).toList())
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("JAVA", boundJava(base).toString());
            // Without it the start script does not pass signals on.
            builder.environment().put("LAUNCH_JBOSS_IN_BACKGROUND", "1");
            return new Portal(builder, address, log);
        } catch (IOException e) {
            throw new LaunchException("the portal cannot be started: " + e.getMessage(), e);
        }
    }

    /** The start script takes one program as its java; this one ends with the script. */
    private static Path boundJava(Path base) throws IOException {
        List<String> command = Children.bound(List.of(System.getProperty("java.home") + "/bin/java"));
        Path program = Files.writeString(base.resolve("java"), "#!/bin/sh\nexec '" + String.join("' '", command)
                + "' \"$@\"\n");
        if (!program.toFile().setExecutable(true)) {
            throw new IOException(program + " cannot be made executable");
        }
        return program;
    }

    /** Ends the server at once, as a power cut does. */
    void kill() {
        for (ProcessHandle member : family()) {
            member.destroyForcibly();
            member.onExit().join();
        }
    }

    /** Starts it again, with the state that it had; returns when it answers. */
    void restart() {
        try {
            // The scanner's note of an interrupted deployment would keep it from being deployed.
            Files.deleteIfExists(log.resolveSibling("deployments").resolve("walnut.ear.failed"));
            process = Children.start(builder);
        } catch (IOException e) {
            throw new LaunchException("the portal cannot be started again: " + e.getMessage(), e);
        }
        awaitReady(RESTART_LIMIT);
    }

    private static List<String> command(Path server, Path base, Path settings, URI address) {
        return List.of(server.resolve("bin/standalone.sh").toString(),
                "--properties=" + settings,
                "-Djboss.server.base.dir=" + base,
                "-Djboss.bind.address=127.0.0.1", "-Djboss.bind.address.management=127.0.0.1",
                "-Djboss.http.port=" + address.getPort(),
                "-Djboss.https.port=" + Arguments.freePort(),
                "-Djboss.management.http.port=" + Arguments.freePort(),
                "-Dwalnut.portal.url=" + address);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private Duration awaitReady(Duration limit) {
        long start = System.nanoTime();
        HttpRequest probe = HttpRequest.newBuilder(address.resolve("/api/v1/health"))
                .timeout(Duration.ofSeconds(5)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (Duration.ofNanos(System.nanoTime() - start).compareTo(limit) < 0) {
                if (!process.isAlive()) {
                    throw new LaunchException("the portal stopped while starting; its log is " + log);
                }
                if (answers(client, probe)) {
                    return Duration.ofNanos(System.nanoTime() - start);
                }
                TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
        throw new LaunchException("the portal was not ready within " + limit.toSeconds() + " s; its log is " + log);
    }

    private static boolean answers(HttpClient client, HttpRequest probe) throws InterruptedException {
        try {
            return client.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (ConnectException | HttpTimeoutException notYet) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return address;
    }

    /** From the start of the process to the first healthy answer. */
    Duration bootTime() {
        return bootTime;
    }

    /**
     * What the server holds in memory, by Linux's account.
     *
     * @throws IOException where there is no /proc
     */
    long residentBytes() throws IOException {
        long server = process.descendants().map(ProcessHandle::pid).max(Long::compare).orElseThrow();
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(server), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("the system does not tell the memory of process " + server);
    }

    @Override
    public void close() {
        // The start script and the server below it: the script alone may leave the server running.
        List<ProcessHandle> family = family();
        family.forEach(ProcessHandle::destroy);
        for (ProcessHandle member : family) {
            try {
                member.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (Exception e) {
                member.destroyForcibly();
            }
        }
    }

    private List<ProcessHandle> family() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    }
}
