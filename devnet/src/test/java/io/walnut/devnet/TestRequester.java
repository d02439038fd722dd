package io.walnut.devnet;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Keccak;
import io.walnut.devnet.orderbook.Order;
import io.walnut.devnet.orderbook.OrderKind;
import io.walnut.devnet.poco.Hub;
import io.walnut.devnet.poco.Task;
import io.walnut.devnet.rpc.Abi;
import io.walnut.devnet.rpc.AbiReader;
import io.walnut.devnet.rpc.Account;
import io.walnut.devnet.rpc.Rpc;
import io.walnut.devnet.rpc.Transactions;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Type;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A requester that pushes secrets, matches orders and waits for tasks. Speaks only HTTP and JSON-RPC. */
public final class TestRequester {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final byte[] SMS_DOMAIN =
            Keccak.hash("IEXEC_SMS_DOMAIN".getBytes(StandardCharsets.US_ASCII)).bytes();
    private static final String ORDER_TYPES = "(address,uint256,uint256,bytes32,address,address,address,bytes32,bytes)";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Devnet devnet;
    private final Account account;
    private final Hub hub;
    private final Transactions transactions;

    public TestRequester(Devnet devnet, Account account) {
        this.devnet = devnet;
        this.account = account;
        var rpc = new Rpc(devnet.rpcUrl());
        this.hub = new Hub(rpc, devnet.poco());
        this.transactions = new Transactions(rpc, Devnet.CHAIN_ID);
    }

    public Hub hub() {
        return hub;
    }

    public Account account() {
        return account;
    }

    public void stake(long nanoRlc) {
        Address hubAddress = devnet.poco().hub();
        execute(devnet.poco().rlc(), Abi.call("approve(address,uint256)", Abi.address(hubAddress), Abi.uint(nanoRlc)));
        execute(hubAddress, Abi.call("deposit(uint256)", Abi.uint(nanoRlc)));
    }

    public JsonNode execute(Address to, byte[] data) {
        return execute(to, BigInteger.ZERO, data);
    }

    public JsonNode execute(Address to, BigInteger wei, byte[] data) {
        return transactions.execute(account, to, wei, data, LIMIT);
    }

    public int pushRequesterSecret(String name, byte[] value) {
        Bytes32 challenge = Keccak.hash(SMS_DOMAIN, account.address().bytes(),
                Keccak.hash(name.getBytes(StandardCharsets.UTF_8)).bytes(), Keccak.hash(value).bytes());
        return push("/requesters/" + account.address() + "/secrets/" + name, challenge, value, account);
    }

    public int pushResultKey(byte[] base64OfPem) {
        String name = "iexec-result-encryption-public-key";
        Bytes32 challenge = Keccak.hash(SMS_DOMAIN, account.address().bytes(),
                Keccak.hash(name.getBytes(StandardCharsets.UTF_8)).bytes(), Keccak.hash(base64OfPem).bytes());
        return push("/secrets/web2?ownerAddress=" + account.address() + "&secretName=" + name, challenge, base64OfPem,
                account);
    }

    public int push(String path, Bytes32 challenge, byte[] value, Account signer) {
        return send(HttpRequest.newBuilder(devnet.smsUrl().resolve(path)).header("content-type", "text/plain")
                .header("authorization", Hex.encode(signer.signMessage(challenge.bytes())))
                .POST(BodyPublishers.ofByteArray(value))).statusCode();
    }

    public int head(URI url) {
        return send(HttpRequest.newBuilder(url).HEAD()).statusCode();
    }

    public HttpResponse<byte[]> get(URI url) {
        return send(HttpRequest.newBuilder(url).GET());
    }

    public HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(LIMIT).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The first order that the order book offers for a query. */
    public Order bestOrder(OrderKind kind, String query) {
        String path = "/" + kind.path() + "?chainId=" + Devnet.CHAIN_ID + "&" + query;
        var response = get(devnet.orderBookUrl().resolve(path));
        JsonNode orders = JsonMapper.shared().readTree(response.body()).path("orders");
        return Order.of(kind, orders.get(0).get("order"));
    }

    /** What a developer does: registers the app and signs an order for it. */
    public Order deployApp(String multiaddr) {
        JsonNode receipt = execute(devnet.poco().appRegistry(),
                Abi.call("createApp(address,string,string,bytes,bytes32,bytes)", Abi.address(account.address()),
                        Abi.string("sample " + UUID.randomUUID()), Abi.string("DOCKER"),
                        Abi.bytes(multiaddr.getBytes(StandardCharsets.UTF_8)), Abi.bytes32(Bytes32.ZERO),
                        Abi.bytes(new byte[0])));
        byte[] token = Hex.decode(receipt.get("logs").get(0).get("topics").get(3).asString());
        Address app = Address.of(Arrays.copyOfRange(token, 12, 32));
        return Order.signed(OrderKind.APP, Map.of("app", app, "volume", 100, "tag", Framework.TDX.tag()), account,
                hub.domainSeparator());
    }

    /** @return the URL of the uploaded file */
    public URI upload(byte[] file) {
        String head = "--part\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n";
        var body = BodyPublishers.concat(BodyPublishers.ofString(head), BodyPublishers.ofByteArray(file),
                BodyPublishers.ofString("\r\n--part--\r\n"));
        var response = send(HttpRequest.newBuilder(devnet.ipfsUrl().resolve("/api/v0/add"))
                .header("content-type", "multipart/form-data; boundary=part").POST(body));
        String cid = JsonMapper.shared().readTree(response.body()).get("Hash").asString();
        return devnet.ipfsUrl().resolve("/ipfs/" + cid);
    }

    /** @return the id of the deal's first task */
    public Bytes32 request(Order app, Order dataset, Order workerpool, String params) {
        return request(app, dataset, workerpool, params, Address.ZERO);
    }

    /** {@link #request(Order, Order, Order, String)} with a contract that is called with the result. */
    public Bytes32 request(Order app, Order dataset, Order workerpool, String params, Address callback) {
        var values = new HashMap<String, Object>(Map.of("app", app.value("app"),
                "appmaxprice", app.value("appprice"), "workerpool", workerpool.value("workerpool"),
                "workerpoolmaxprice", workerpool.value("workerpoolprice"), "requester", account.address(),
                "beneficiary", account.address(), "volume", 1, "tag", app.value("tag"), "params", params));
        values.put("trust", 1);
        values.put("callback", callback);
        values.put("category", workerpool.value("category"));
        if (dataset != null) {
            values.put("dataset", dataset.value("dataset"));
        }
        Order request = Order.signed(OrderKind.REQUEST, values, account, hub.domainSeparator());
        Order noDataset = new Order(OrderKind.DATASET, Map.of(), new byte[0]);
        byte[] match = match(app, dataset == null ? noDataset : dataset, workerpool, request);
        return taskOf(execute(devnet.poco().hub(), match));
    }

    private static byte[] match(Order app, Order dataset, Order workerpool, Order request) {
        String workerpoolTypes =
                "(address,uint256,uint256,bytes32,uint256,uint256,address,address,address,bytes32,bytes)";
        String requestTypes = "(address,uint256,address,uint256,address,uint256,address,uint256,bytes32,uint256,"
                + "uint256,address,address,string,bytes32,bytes)";
        String types = String.join(",", ORDER_TYPES, ORDER_TYPES, workerpoolTypes, requestTypes);
        return Abi.call("matchOrders(" + types + ")", struct(app), struct(dataset), struct(workerpool),
                struct(request));
    }

    private static DynamicStruct struct(Order order) {
        List<Type<?>> values = new ArrayList<>();
        order.types().forEach((name, type) -> values.add(switch (type) {
            case "address" -> Abi.address(order.values().containsKey(name) ? order.address(name) : Address.ZERO);
            case "uint256" -> Abi.uint(order.values().containsKey(name) ? order.number(name) : BigInteger.ZERO);
            case "bytes32" -> Abi.bytes32(Bytes32.parse(order.values().getOrDefault(name, Bytes32.ZERO.toString())));
            default -> Abi.string(order.value(name));
        }));
        values.add(Abi.bytes(order.sign()));
        return new DynamicStruct(values.toArray(Type[]::new));
    }

    private Bytes32 taskOf(JsonNode receipt) {
        String matched = Abi.topic("OrdersMatched(bytes32,bytes32,bytes32,bytes32,bytes32,uint256)").toString();
        for (JsonNode log : receipt.get("logs")) {
            if (log.get("topics").get(0).asString().equals(matched)) {
                Bytes32 deal = AbiReader.of(Hex.decode(log.get("data").asString())).bytes32(0);
                return Hub.taskId(deal, BigInteger.ZERO);
            }
        }
        throw new AssertionError("no deal in the receipt");
    }

    /** Waits, at most a minute, until the task has this status. */
    public Task await(Bytes32 task, Task.Status status) {
        Instant end = Instant.now().plus(LIMIT);
        Task state = hub.task(task);
        while (state.status() != status && Instant.now().isBefore(end)) {
            pause();
            state = hub.task(task);
        }
        if (state.status() != status) {
            throw new AssertionError("the task is " + state.status() + ", not " + status + ": " + stages(task));
        }
        return state;
    }

    /** Waits, at most a minute, until scheduler and worker are at this stage. */
    public void awaitStage(Bytes32 task, String stage) {
        Instant end = Instant.now().plus(LIMIT);
        while (!stages(task).equals(stage)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("the task is at stage " + stages(task) + ", not " + stage);
            }
            pause();
        }
    }

    /** The packed result of a completed task. */
    public byte[] download(Task task) {
        JsonNode results = JsonMapper.shared().readTree(task.results());
        return get(devnet.ipfsUrl().resolve(results.get("location").asString())).body();
    }

    private String stages(Bytes32 task) {
        return devnet.tasks().stream().filter(record -> record.id().equals(task)).map(record -> record.stage())
                .findFirst().orElse("unknown");
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
