package io.walnut.ejb.iexec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.walnut.contracts.Address;
import io.walnut.devnet.DevnetOptions;
import io.walnut.devnet.Framework;
import io.walnut.ejb.iexec.hub.Matching;
import io.walnut.ejb.iexec.market.Offer;
import io.walnut.ejb.iexec.order.AppOrder;
import io.walnut.ejb.iexec.order.DealId;
import io.walnut.ejb.iexec.order.HubDomain;
import io.walnut.ejb.iexec.order.OrderJson;
import io.walnut.ejb.iexec.order.RequestOrder;
import io.walnut.ejb.iexec.order.SignedOrder;
import io.walnut.ejb.iexec.order.TaskRequest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Our orders in the hands of the official SDK (9.0.1 for TDX, 8.24.0 for SCONE), and the SDK's in ours, with
 * the real hub as judge of both.
 */
@Timeout(240)
class SdkCrossCheckIT {

    private static final Path SCRIPTS = Path.of("src/test/sdk");
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @EnumSource(Framework.class)
    void eachSideHashesAndMatchesTheOthersOrders(Framework framework, @TempDir Path dir) throws Exception {
        run(dir, null, "node", DevnetOptions.in(dir).npm().resolve("npm/install.mjs").toString(), SCRIPTS.toString());
        try (var net = new DevnetFixture(dir, framework)) {
            net.client.sender().send(net.client.funds().deposit(BigInteger.valueOf(1_000_000_000)), net.requester);
            TaskRequest request = net.request(net.app(), Address.ZERO);
            // Before it matches, the SDK asks the secret management service for what our request names.
            net.storeSecrets(request);
            assertTrue(net.client.sms().storeResultKey(net.requester, net.resultKey).isStored());
            Offer offer = net.offer(request);
            JsonNode said = JSON.readTree(run(dir, input(net, request, offer).toString(),
                    "node", SCRIPTS.resolve("cross-check.mjs").toString()));
            assertOursWereUnderstood(net, request, offer, said);
            assertTheirsAreUnderstood(net, offer, said.get("theirs"));
        }
    }

    private static ObjectNode input(DevnetFixture net, TaskRequest request, Offer offer) {
        ObjectNode input = JSON.createObjectNode();
        input.put("framework", net.client.network().framework().toString());
        input.put("rpcUrl", net.devnet.rpcUrl().toString()).put("smsUrl", net.devnet.smsUrl().toString())
                .put("orderBookUrl", net.devnet.orderBookUrl().toString())
                .put("ipfsUrl", net.devnet.ipfsUrl().toString()).put("hub", net.devnet.poco().hub().toString())
                .put("privateKey", net.devnet.accounts().requester().privateKey());
        ObjectNode orders = input.putObject("orders");
        orders.set("apporder", OrderJson.write(offer.app()));
        orders.set("workerpoolorder", OrderJson.write(offer.workerpool()));
        orders.set("requestorder", OrderJson.write(
                SignedOrder.sign(request.order(), net.client.hub().domain(), net.requester)));
        return input;
    }

    private static void assertOursWereUnderstood(
            DevnetFixture net, TaskRequest request, Offer offer, JsonNode said) {
        HubDomain domain = net.client.hub().domain();
        assertEquals(domain.hash(offer.app().order()).toString(), said.at("/hashes/apporder").asText());
        assertEquals(domain.hash(offer.workerpool().order()).toString(),
                said.at("/hashes/workerpoolorder").asText());
        assertEquals(request.orderHash().toString(), said.at("/hashes/requestorder").asText());
        assertEquals(request.deal().toString(), said.get("dealid").asText());
        assertEquals(request.task().toString(), said.get("taskid").asText());
        // The SDK matched it: our own client finds that deal rather than making another.
        assertInstanceOf(Matching.Plan.Matched.class, net.plan(request));
    }

    private static void assertTheirsAreUnderstood(DevnetFixture net, Offer offer, JsonNode theirs) {
        HubDomain domain = net.client.hub().domain();
        SignedOrder<AppOrder> app = OrderJson.readApp(theirs.get("apporder"));
        SignedOrder<RequestOrder> request = OrderJson.readRequest(theirs.get("requestorder"));
        assertEquals(theirs.get("apporderHash").asText(), domain.hash(app.order()).toString());
        assertEquals(theirs.get("requestorderHash").asText(), domain.hash(request.order()).toString());
        assertEquals(app, SignedOrder.sign(app.order(), domain, net.requester));
        assertEquals(request, SignedOrder.sign(request.order(), domain, net.requester));

        Matching.Plan plan = net.client.matching().plan(request,
                new Offer(app, SignedOrder.NO_DATASET, offer.workerpool()));
        net.client.sender().send(assertInstanceOf(Matching.Plan.Ready.class, plan, plan::toString).call(),
                net.requester);
        assertTrue(net.client.hub().deal(DealId.first(domain.hash(request.order()))).isPresent());
    }

    /** @return what the program wrote to its standard output */
    private static String run(Path dir, String input, String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(dir, "node", ".out");
        Path err = Files.createTempFile(dir, "node", ".err");
        var builder = new ProcessBuilder(List.of(command)).redirectOutput(out.toFile()).redirectError(err.toFile());
        if (input != null) {
            builder.environment().put("CROSS_CHECK", input);
        }
        Process process = builder.start();
        if (!process.waitFor(150, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        String errors = Files.readString(err, StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), errors);
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
