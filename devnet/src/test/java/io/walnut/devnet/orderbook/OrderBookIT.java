package io.walnut.devnet.orderbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import io.walnut.devnet.Devnet;
import io.walnut.devnet.Framework;
import io.walnut.devnet.SharedDevnet;
import io.walnut.devnet.TestRequester;
import io.walnut.devnet.rpc.Account;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Publishing and reading orders over HTTP, one rule each. */
@Timeout(60)
class OrderBookIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static Devnet devnet;
    private static TestRequester owner;
    private static Account stranger;

    @BeforeAll
    static void start() {
        devnet = SharedDevnet.get();
        owner = new TestRequester(devnet, devnet.accounts().free().get(6));
        stranger = devnet.accounts().free().get(7);
    }

    @Test
    void orderOfTheOwnerIsPublishedAndTakenDown() {
        Order order = owner.deployApp("docker.io/orders/app:1");
        JsonNode published = body(publish(order, owner.account()), 200).get("published");
        assertEquals(hash(order), published.get("orderHash").asString());
        assertEquals(100, published.get("remaining").asInt());
        assertEquals(1, count("apporders", "app=" + order.value("app")));
        assertEquals(404, unpublish(order, stranger).statusCode());
        assertEquals(200, unpublish(order, owner.account()).statusCode());
        assertEquals(0, count("apporders", "app=" + order.value("app")));
    }

    @Test
    void orderSignedByAnotherIsRefused() {
        Order own = owner.deployApp("docker.io/orders/app:2");
        Order forged = Order.signed(OrderKind.APP, Map.of("app", own.address("app"), "volume", 1), stranger,
                owner.hub().domainSeparator());
        assertTrue(body(publish(forged, stranger), 400).get("error").asString().contains("is not signed by"));
    }

    @Test
    void orderForNoRegisteredAppIsRefused() {
        Order order = Order.signed(OrderKind.APP, Map.of("app", stranger.address(), "volume", 1), stranger,
                owner.hub().domainSeparator());
        assertTrue(body(publish(order, stranger), 400).get("error").asString().contains("no app is deployed"));
    }

    @Test
    void challengeServesOnce() {
        Order order = owner.deployApp("docker.io/orders/app:3");
        String authorization = authorization(owner.account());
        assertEquals(200, publish(order, authorization).statusCode());
        assertEquals(401, publish(order, authorization).statusCode());
        assertEquals(400, publish(order, owner.account()).statusCode(), "published twice");
    }

    @Test
    void challengeSignedByAnotherIsRefused() {
        JsonNode data = challenge(owner.account().address());
        String hash = digest(data.path("message").path("challenge").asString());
        String signature = Hex.encode(stranger.signHash(Bytes32.parse(hash)));
        String forged = hash + "_" + signature + "_" + owner.account().address();
        assertEquals(401, publish(owner.deployApp("docker.io/orders/app:4"), forged).statusCode());
    }

    @Test
    void restrictedOrderShowsToThoseItIsForAndToAny() {
        String dataset = "dataset=" + devnet.walnut().dataset();
        assertEquals(0, count("datasetorders", dataset));
        assertEquals(0, count("datasetorders", dataset + "&app=" + stranger.address()));
        assertEquals(1, count("datasetorders", dataset + "&app=" + devnet.walnut().app()));
        assertEquals(1, count("datasetorders", dataset + "&app=any"));
    }

    @Test
    void strictQueryHidesUnrestrictedOrders() {
        String query = "workerpool=" + devnet.walnut().workerpool() + "&category=0";
        assertEquals(2, count("workerpoolorders", query + "&app=" + devnet.walnut().app()));
        assertEquals(0, count("workerpoolorders", query + "&isAppStrict=true&app=" + devnet.walnut().app()));
    }

    @Test
    void tagLimitsWhatShows() {
        String query = "category=1";
        assertEquals(2, count("workerpoolorders", query + "&minTag=" + Bytes32.ZERO));
        assertEquals(1, count("workerpoolorders", query + "&minTag=" + Framework.SCONE.tag()));
        assertEquals(0, count("workerpoolorders", query + "&maxTag=" + Bytes32.ZERO));
    }

    @Test
    void pagesFollowEachOther() {
        JsonNode first = body(get("workerpoolorders", "pageSize=8"), 200);
        assertEquals(10, first.get("count").asInt());
        assertEquals(8, first.get("orders").size());
        assertEquals(1, first.get("nextPage").asInt());
        JsonNode second = body(get("workerpoolorders", "pageSize=8&pageIndex=1"), 200);
        assertEquals(2, second.get("orders").size());
        assertTrue(second.path("nextPage").isMissingNode());
    }

    @Test
    void anotherChainIsRefused() {
        var url = devnet.orderBookUrl().resolve("/apporders?chainId=1&app=any");
        assertEquals(400, owner.get(url).statusCode());
    }

    private static HttpResponse<byte[]> get(String path, String query) {
        return owner.get(devnet.orderBookUrl().resolve("/" + path + "?chainId=" + Devnet.CHAIN_ID + "&" + query));
    }

    private static int count(String path, String query) {
        return body(get(path, query), 200).get("count").asInt();
    }

    private static HttpResponse<byte[]> publish(Order order, Account by) {
        return publish(order, authorization(by));
    }

    private static HttpResponse<byte[]> publish(Order order, String authorization) {
        return owner.send(request("apporders", authorization)
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(Map.of("order", order.json())))));
    }

    private static HttpResponse<byte[]> unpublish(Order order, Account by) {
        var body = Map.of("target", "unpublish_orderHash", "orderHash", hash(order));
        return owner.send(request("apporders", authorization(by))
                .PUT(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    private static HttpRequest.Builder request(String path, String authorization) {
        return HttpRequest.newBuilder(devnet.orderBookUrl().resolve("/" + path + "?chainId=" + Devnet.CHAIN_ID))
                .header("content-type", "application/json").header("authorization", authorization);
    }

    private static String hash(Order order) {
        return order.hash(owner.hub().domainSeparator()).toString();
    }

    private static JsonNode challenge(Address address) {
        return body(get("challenge", "address=" + address), 200).get("data");
    }

    private static String authorization(Account account) {
        String hash = digest(challenge(account.address()).path("message").path("challenge").asString());
        return hash + "_" + Hex.encode(account.signHash(Bytes32.parse(hash))) + "_" + account.address();
    }

    private static String digest(String challenge) {
        byte[] chainId = Hex.decode("0x" + String.format("%064x", Devnet.CHAIN_ID));
        byte[] domain = Keccak.hash(text("EIP712Domain(string name,string version,uint256 chainId)"),
                text("iExec Gateway"), text("1"), chainId).bytes();
        return Keccak.hash(new byte[] {0x19, 0x01}, domain,
                Keccak.hash(text("Challenge(string challenge)"), text(challenge)).bytes()).toString();
    }

    private static byte[] text(String text) {
        return Keccak.hash(text.getBytes(StandardCharsets.UTF_8)).bytes();
    }

    private static JsonNode body(HttpResponse<byte[]> response, int status) {
        assertEquals(status, response.statusCode(), () -> new String(response.body(), StandardCharsets.UTF_8));
        return JSON.readTree(response.body());
    }
}
