package io.walnut.ejb.iexec.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Secp256k1;
import io.walnut.devnet.Devnet;
import io.walnut.devnet.DevnetOptions;
import io.walnut.devnet.rpc.Account;
import io.walnut.ejb.iexec.IexecClient;
import io.walnut.ejb.iexec.IexecNetwork;
import io.walnut.ejb.iexec.SigningKey;
import io.walnut.ejb.iexec.TeeFramework;
import io.walnut.ejb.iexec.market.Offer;
import io.walnut.ejb.iexec.order.AppOrder;
import io.walnut.ejb.iexec.order.DatasetOrder;
import io.walnut.ejb.iexec.order.Order;
import io.walnut.ejb.iexec.order.RequestTerms;
import io.walnut.ejb.iexec.order.SignedOrder;
import io.walnut.ejb.iexec.order.TaskRequest;
import io.walnut.ejb.iexec.order.WorkerpoolOrder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** The real PoCo contracts on a chain of their own, with offers but without any worker: deals stay open. */
abstract class PocoMarket {

    static final TeeFramework FRAMEWORK = TeeFramework.TDX;
    static final BigInteger PRICE = BigInteger.valueOf(1_000);
    static final URI UNUSED = URI.create("http://127.0.0.1:9");

    @TempDir
    private static Path dir;
    private static Devnet devnet;
    static IexecClient client;
    static SigningKey owner;
    static SigningKey requester;
    static SigningKey pool;
    static Address app;
    static Address dataset;
    static Address workerpool;

    @BeforeAll
    static void start() {
        devnet = Devnet.start(DevnetOptions.in(dir));
        client = new IexecClient(new IexecNetwork("test", Devnet.CHAIN_ID, devnet.poco().hub(),
                List.of(devnet.rpcUrl()), UNUSED, UNUSED, List.of(UNUSED), Optional.empty(), FRAMEWORK, false));
        owner = key(devnet.accounts().free().get(0));
        requester = key(devnet.accounts().free().get(1));
        pool = key(devnet.accounts().free().get(2));
        app = register(new Resource.App(owner.address(), "app", "docker.io/walnut/enclave:1", random(), ""));
        dataset = register(new Resource.Dataset(owner.address(), "data",
                "/ipfs/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtFCfLPdsgaTQ", random()));
        workerpool = register(new Resource.Workerpool(pool.address(), "pool"));
        send(client.funds().deposit(BigInteger.valueOf(1_000_000)), pool);
        send(client.funds().deposit(BigInteger.valueOf(1_000_000)), requester);
    }

    @AfterAll
    static void stop() {
        if (client != null) {
            client.close();
        }
        if (devnet != null) {
            devnet.close();
        }
    }

    static SigningKey key(Account account) {
        return new SigningKey(Hex.decode(account.privateKey()), Secp256k1.bouncyCastle());
    }

    static Bytes32 random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Bytes32.of(bytes);
    }

    static void send(HubCall call, SigningKey key) {
        client.sender().send(call, key);
    }

    static Address register(Resource resource) {
        var create = assertInstanceOf(Registries.Plan.Create.class, client.registries().plan(resource));
        send(create.call(), resource.owner().equals(pool.address()) ? pool : owner);
        assertEquals(new Registries.Plan.Registered(create.address()), client.registries().plan(resource));
        return create.address();
    }

    static <O extends Order> SignedOrder<O> sign(O order, SigningKey key) {
        return SignedOrder.sign(order, client.hub().domain(), key);
    }

    static Offer offer(BigInteger poolPrice) {
        BigInteger volume = BigInteger.valueOf(10_000);
        return new Offer(sign(AppOrder.open(app, BigInteger.ONE, volume, FRAMEWORK.tag(), random()), owner),
                sign(DatasetOrder.forApp(dataset, BigInteger.TWO, volume, FRAMEWORK.tag(), app, random()), owner),
                sign(new WorkerpoolOrder(workerpool, poolPrice, volume, FRAMEWORK.tag(), BigInteger.ZERO,
                        BigInteger.ZERO, Address.ZERO, Address.ZERO, Address.ZERO, random()), pool));
    }

    static TaskRequest request() {
        var terms = new RequestTerms(app, dataset, workerpool, FRAMEWORK, BigInteger.ZERO,
                BigInteger.valueOf(1_000_000_000));
        return TaskRequest.create(terms, requester.address(), 6, random(), client.hub().domain());
    }

    static Matching.Plan plan(TaskRequest request, Offer offer) {
        return client.matching().plan(sign(request.order(), requester), offer);
    }

    static TaskRequest match() {
        TaskRequest request = request();
        send(assertInstanceOf(Matching.Plan.Ready.class, plan(request, offer(PRICE))).call(), requester);
        return request;
    }

    /** What a scheduler does first. */
    static void begin(TaskRequest request) {
        send(HubCall.of(client.hub().address(), HubAbi.call("initialize", HubAbi.word(request.deal().value()),
                HubAbi.word(BigInteger.ZERO)), "initialize"), pool);
    }
}
