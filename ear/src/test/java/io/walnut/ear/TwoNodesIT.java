package io.walnut.ear;

import static io.walnut.ear.Api.PATIENCE;
import static io.walnut.ear.Api.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two servers on one PostgreSQL share the work by rows; one of them is killed in the middle of it. */
class TwoNodesIT {
    private static final int LINKS = 20;

    @Test
    void theOtherNodeFinishesWhatAKilledOneHasBegun() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setPort(TestBed.freePort()).start();
            var first = new ServerProcess("node-1", settings(postgres, "node1"));
            var second = new ServerProcess("node-2", settings(postgres, "node2"))) {
            first.start();
            second.start();
            Api one = new Api("tina", first.address());
            Api other = new Api("tina", second.address());
            String batch = one.post("batches", body()).expect(201).get("id").asString();
            assertEquals("draft", other.get("batches/" + batch).expect(200).get("state").asString());
            other.post("batches/" + batch + "/submit").expect(200);
            new Api("adam", first.address()).post("batches/" + batch + "/approve").expect(200);
            one.post("batches/" + batch + "/fund").expect(200);
            other.await("batches/" + batch, PATIENCE, b -> !b.get("state").asString().equals("awaiting_deposit"));
            first.kill();
            other.await("batches/" + batch, PATIENCE, state("ready"));

            var paid = new ArrayList<Recipient>();
            List<JsonNode> links = new ArrayList<>();
            other.get("links?limit=100&batch=" + batch).expect(200).get("data").forEach(links::add);
            Api nobody = new Api(null, second.address());
            for (JsonNode link : links) {
                String url = other.post("links/" + link.get("id").asString() + "/reveal").expect(200)
                    .get("url").asString();
                var recipient = new Recipient();
                nobody.insist("POST", "claims", recipient.claim(url, 0, nobody).toString(), null);
                paid.add(recipient);
            }
            for (int i = 0; i < links.size(); i++) {
                other.await("links/" + links.get(i).get("id").asString(), PATIENCE, state("claimed"));
                assertEquals(new BigInteger(links.get(i).get("amount").asString()), paid.get(i).balance());
            }
            assertEquals(LINKS, links.size());
            assertEquals("mail_not_configured",
                other.post("links/" + links.get(0).get("id").asString() + "/send").problem(422));
            assertTrue(new Api("olga", second.address()).get("events/verify").expect(200).get("intact").asBoolean());
        }
    }

    private static List<String> settings(EmbeddedPostgres postgres, String node) {
        return List.of("-Dwalnut.database.driver=postgresql",
            "-Dwalnut.database.url=" + postgres.getJdbcUrl("postgres", "postgres"),
            "-Dwalnut.database.user=postgres", "-Dwalnut.database.password=postgres",
            "-Dwalnut.secrets.store=" + Path.of(System.getProperty("walnut.it.dir"), "shared-secrets.cs"),
            "-Djboss.tx.node.id=" + node, "-Dwalnut.claims.per-minute-per-address=100000");
    }

    private static String body() {
        List<String> payments = IntStream.range(0, LINKS).mapToObj(i -> "{\"amount\":\"" + (5_000 + i) + "\"}").toList();
        return "{\"title\":\"two nodes\",\"payments\":[" + String.join(",", payments) + "]}";
    }
}
