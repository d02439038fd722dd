package io.walnut.devnet.launch;

import io.walnut.devnet.Devnet;
import io.walnut.devnet.DevnetOptions;
import io.walnut.devnet.http.HttpService;
import io.walnut.devnet.http.Request;
import io.walnut.devnet.http.Response;
import io.walnut.devnet.rpc.Rpc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the portal asks its chain for each second when nothing happens, by the number of links that are open. A
 * proxy before the node counts. One link is made in earnest; the others are copies of its rows with link keys of
 * their own, written while the portal is down, for tens of thousands of vouchers would take an hour to sign.
 */
final class TickBench {

    private static final int[] OPEN_LINKS = {1_000, 100_000};
    private static final int SETTLE_SECONDS = 15;
    private static final int SECONDS = 30;

    private final Path root;
    private final Path dir;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();

    TickBench(Path root, Path dir) {
        this.root = root;
        this.dir = dir;
    }

    /** Prints a row for each number of links. */
    void run(String row) throws IOException, InterruptedException {
        Stage.empty(dir);
        try (Devnet devnet = Devnet.start(DevnetOptions.in(dir.resolve("devnet")));
                HttpService proxy = HttpService.closed(0)) {
            Rpc node = new Rpc(devnet.rpcUrl());
            proxy.route("POST", "/rpc", request -> pass(request, node));
            URI counted = proxy.start().url().resolve("/rpc");
            Path settings = dir.resolve("devnet/counted.properties");
            Files.writeString(settings, Files.readString(dir.resolve("devnet/portal.properties"))
                    .replace(devnet.rpcUrl().toString(), counted.toString()));
            try (Portal portal = Portal.start(root, dir.resolve("portal"), settings, Arguments.freePort(), List.of())) {
                oneReadyLink(portal.address());
                int before = 1;
                for (int open : OPEN_LINKS) {
                    portal.close();
                    copy(open, before);
                    before = open;
                    portal.restart();
                    print(row, open);
                }
            }
        }
    }

    private Response pass(Request request, Rpc node) {
        requests.incrementAndGet();
        JsonNode body = JsonMapper.shared().readTree(request.body());
        calls.addAndGet(body.isArray() ? body.size() : 1);
        return new Response(200, "application/json", node.forward(request.body()));
    }

    private void print(String row, int open) throws InterruptedException {
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        long requestsBefore = requests.get();
        long callsBefore = calls.get();
        TimeUnit.SECONDS.sleep(SECONDS);
        System.out.printf(row, "RPC calls a tick, %,d open links".formatted(open),
                "%.1f".formatted((calls.get() - callsBefore) / (double) SECONDS), "≤ 4");
        System.out.printf(row, "  in so many requests",
                "%.1f".formatted((requests.get() - requestsBefore) / (double) SECONDS), "");
    }

    private static void oneReadyLink(URI portal) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var tina = new PatientClient(http, portal, Optional.of(ApiClient.basic("tina", "tina-walnut")));
            var adam = new PatientClient(http, portal, Optional.of(ApiClient.basic("adam", "adam-walnut")));
            String id = tina.post("batches", "one", Map.of("title", "one", "payments", List.of(Map.of("amount", "1"))))
                    .path("id").asString();
            tina.post("batches/" + id + "/submit", "submit", null);
            adam.post("batches/" + id + "/approve", "approve", null);
            tina.post("batches/" + id + "/fund", "fund", null);
            tina.await("batches/" + id, batch -> batch.path("state").asString().equals("ready"));
        }
    }

    /** Fills up to {@code open} links, of which there are {@code before}. */
    private void copy(int open, int before) throws IOException, InterruptedException {
        String sql = """
                insert into link (id, version, batch_id, deposit_id, position, state, amount, token, created_at)
                  select 'lnk_copy' || "X", 0, l.batch_id, l.deposit_id, "X", l.state, l.amount, l.token, l.created_at
                  from system_range(%1$d, %2$d) cross join (select * from link where position = 0) l;
                insert into note (link_key, link_id, deposit_id, position_in_link, position_in_deposit, amount,
                    voucher_signature)
                  select '0x' || lower(substring(rawtohex(hash('SHA-256', cast("X" as varchar))) from 1 for 40)),
                    'lnk_copy' || "X", n.deposit_id, 0, "X", n.amount, n.voucher_signature
                  from system_range(%1$d, %2$d) cross join (select * from note where position_in_deposit = 0) n;
                """.formatted(before, open - 1);
        Path script = Files.writeString(dir.resolve("copy.sql"), sql);
        Path database = dir.resolve("portal/data/walnut");
        Process h2 = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp", h2Jar().toString(),
                "org.h2.tools.RunScript", "-url", "jdbc:h2:file:" + database
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;IFEXISTS=TRUE",
                "-user", "walnut", "-password", "walnut", "-script", script.toString()).inheritIO().start();
        if (h2.waitFor() != 0) {
            throw new LaunchException("the open links could not be written to " + database);
        }
    }

    private Path h2Jar() throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve("wildfly-config/target/server/modules"))) {
            return files.filter(file -> file.getFileName().toString().matches("h2-[0-9.]+(\\.redhat.*)?\\.jar"))
                    .findFirst().orElseThrow(() -> new LaunchException("the server has no H2"));
        }
    }
}
