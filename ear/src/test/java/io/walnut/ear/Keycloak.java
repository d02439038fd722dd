package io.walnut.ear;

import io.walnut.devnet.process.Children;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A real Keycloak, as its distribution comes, with the realm of {@code keycloak/walnut-realm.json} in memory. It ends with
 * this process.
 */
final class Keycloak implements AutoCloseable {
    /** Asks to be started again, with what it has just built. */
    private static final int BUILT = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path home;
    private final Path log;
    private final int port;
    private Process process;

    /** @param home of the distribution @param port to listen at, on 127.0.0.1 */
    Keycloak(Path home, int port) {
        this.home = home.toAbsolutePath();
        this.log = home.resolveSibling("keycloak.log");
        this.port = port;
    }

    /** What tokens name as their issuer. */
    String issuer() {
        return "http://127.0.0.1:" + port + "/realms/walnut";
    }

    /** Returns when people can log in. @param portal where its pages are */
    void start(URI portal) throws IOException, InterruptedException {
        Path realm = home.resolve("data/import/walnut-realm.json");
        Files.createDirectories(realm.getParent());
        try (InputStream template = Keycloak.class.getResourceAsStream("/keycloak/walnut-realm.json")) {
            Files.writeString(realm, new String(template.readAllBytes(), StandardCharsets.UTF_8)
                .replace("PORTAL", portal.toString()));
        }
        Files.deleteIfExists(log);
        Instant end = Instant.now().plus(Api.PATIENCE);
        process = launch(List.of());
        boolean built = false;
        while (!answers()) {
            if (!process.isAlive() && process.exitValue() == BUILT && !built) {
                built = true;
                process = launch(List.of("-Dkc.config.built=true"));
            }
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new AssertionError("Keycloak does not start; see " + log);
            }
            Api.pause();
        }
    }

    /** What its start script does, but for memory: less than it takes by itself. */
    private Process launch(List<String> options) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx256m",
            "-XX:MaxMetaspaceSize=256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.net.preferIPv4Stack=true",
            "-Duser.language=en", "-Duser.country=US", "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED", "--add-opens=java.base/java.security=ALL-UNNAMED",
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-Dpicocli.disable.closures=true",
            "-Dkc.home.dir=" + home, "-Djboss.server.config.dir=" + home.resolve("conf")));
        command.addAll(options);
        command.addAll(List.of("-cp", home.resolve("lib/quarkus-run.jar").toString(),
            "io.quarkus.bootstrap.runner.QuarkusEntryPoint", "start-dev", "--http-host=127.0.0.1", "--http-port=" + port,
            "--db=dev-mem", "--import-realm"));
        return Children.start(new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
    }

    private boolean answers() throws InterruptedException {
        try {
            var probe = HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration"))
                .timeout(Duration.ofSeconds(10)).build();
            return http.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** An access token, by name and password. @param client of the realm */
    String token(String client, String user) throws IOException, InterruptedException {
        String form = Map.of("grant_type", "password", "client_id", client, "username", user, "password", user + "-walnut",
            "scope", "openid").entrySet().stream().map(field -> field.getKey() + '='
                + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/token"))
            .timeout(Duration.ofMinutes(2)).header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)).build();
        JsonNode answer = JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        if (!answer.has("access_token")) {
            throw new AssertionError("no token for " + user + " by " + client + ": " + answer);
        }
        return answer.get("access_token").asString();
    }

    @Override
    public void close() {
        http.close();
        if (process != null) {
            ServerProcess.kill(process);
        }
    }
}
