package io.walnut.ejb.iexec.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;
import io.walnut.contracts.Secp256k1;
import io.walnut.devnet.Devnet;
import io.walnut.devnet.DevnetOptions;
import io.walnut.devnet.rpc.Account;
import io.walnut.ejb.iexec.IexecClient;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.IexecNetwork;
import io.walnut.ejb.iexec.SigningKey;
import io.walnut.ejb.iexec.TeeFramework;
import io.walnut.ejb.iexec.market.Offer;
import io.walnut.ejb.iexec.order.AppOrder;
import io.walnut.ejb.iexec.order.DatasetOrder;
import io.walnut.ejb.iexec.order.DealId;
import io.walnut.ejb.iexec.order.Order;
import io.walnut.ejb.iexec.order.RequestTerms;
import io.walnut.ejb.iexec.order.SignedOrder;
import io.walnut.ejb.iexec.order.TaskId;
import io.walnut.ejb.iexec.order.TaskRequest;
import io.walnut.ejb.iexec.order.WorkerpoolOrder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Against the real PoCo contracts on a chain of its own, without any worker: deals stay open. */
class HubTest {

    private static final TeeFramework FRAMEWORK = TeeFramework.TDX;
    private static final BigInteger PRICE = BigInteger.valueOf(1_000);
    private static final URI UNUSED = URI.create("http://127.0.0.1:9");

    @TempDir
    private static Path dir;
    private static Devnet devnet;
    private static IexecClient client;
    private static SigningKey owner;
    private static SigningKey requester;
    private static SigningKey pool;
    private static Address app;
    private static Address dataset;
    private static Address workerpool;

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

    private static SigningKey key(Account account) {
        return new SigningKey(Hex.decode(account.privateKey()), Secp256k1.bouncyCastle());
    }

    private static Bytes32 random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Bytes32.of(bytes);
    }

    private static void send(HubCall call, SigningKey key) {
        client.sender().send(call, key);
    }

    private static Address register(Resource resource) {
        var create = assertInstanceOf(Registries.Plan.Create.class, client.registries().plan(resource));
        send(create.call(), resource.owner().equals(pool.address()) ? pool : owner);
        assertEquals(new Registries.Plan.Registered(create.address()), client.registries().plan(resource));
        return create.address();
    }

    private static <O extends Order> SignedOrder<O> sign(O order, SigningKey key) {
        return SignedOrder.sign(order, client.hub().domain(), key);
    }

    private static Offer offer(BigInteger poolPrice) {
        BigInteger volume = BigInteger.valueOf(10_000);
        return new Offer(sign(AppOrder.open(app, BigInteger.ONE, volume, FRAMEWORK.tag(), random()), owner),
                sign(DatasetOrder.forApp(dataset, BigInteger.TWO, volume, FRAMEWORK.tag(), app, random()), owner),
                sign(new WorkerpoolOrder(workerpool, poolPrice, volume, FRAMEWORK.tag(), BigInteger.ZERO,
                        BigInteger.ZERO, Address.ZERO, Address.ZERO, Address.ZERO, random()), pool));
    }

    private static TaskRequest request() {
        var terms = new RequestTerms(app, dataset, workerpool, FRAMEWORK, BigInteger.ZERO,
                BigInteger.valueOf(1_000_000_000));
        return TaskRequest.create(terms, requester.address(), 6, random(), client.hub().domain());
    }

    private static Matching.Plan plan(TaskRequest request, Offer offer) {
        return client.matching().plan(sign(request.order(), requester), offer);
    }

    private static TaskRequest match() {
        TaskRequest request = request();
        send(assertInstanceOf(Matching.Plan.Ready.class, plan(request, offer(PRICE))).call(), requester);
        return request;
    }

    private static Matching.Plan.Impossible impossible(Matching.Plan plan) {
        return assertInstanceOf(Matching.Plan.Impossible.class, plan);
    }

    @Test
    void theHubAcceptsOurSignaturesAndMakesTheDealAndTaskThatWereForetold() {
        TaskRequest request = match();
        Deal deal = client.hub().deal(request.deal()).orElseThrow();
        assertEquals(request.task(), deal.task(0));
        assertEquals(app, deal.app());
        assertEquals(dataset, deal.dataset());
        assertEquals(request.order().params(), deal.params());
        assertEquals(PRICE.add(BigInteger.valueOf(3)), deal.price());
        assertEquals(BigInteger.ONE, deal.tasks());
    }

    @Test
    void matchingASecondTimeFindsTheDealInsteadOfMakingAnother() {
        TaskRequest request = match();
        var matched = assertInstanceOf(Matching.Plan.Matched.class, plan(request, offer(PRICE)));
        assertEquals(request.deal(), matched.deal().id());
    }

    @Test
    void aPriceAboveTheStakeIsExplainedWithTheMissingAmountAndItsDeposit() {
        BigInteger stake = client.hub().account(requester.address()).stake();
        var unfunded = assertInstanceOf(Matching.Plan.Unfunded.class, plan(request(), offer(stake)));
        var needed = assertInstanceOf(Funds.Check.DepositNeeded.class, unfunded.check());
        assertEquals(BigInteger.valueOf(3), needed.missing());
        assertTrue(needed.explain(requester.address()).contains("lacks 3 nRLC"));
    }

    @Test
    void aPriceAboveStakeAndWalletSaysHowMuchMustCome() {
        BigInteger stake = client.hub().account(requester.address()).stake();
        BigInteger wallet = client.hub().walletBalance(requester.address());
        var check = client.funds().check(requester.address(), stake.add(wallet).add(BigInteger.TEN));
        assertEquals(new Funds.Check.NotEnough(stake, wallet, BigInteger.TEN), check);
    }

    @Test
    void depositAndWithdrawalMoveBetweenWalletAndStake() {
        BigInteger before = client.hub().account(owner.address()).stake();
        send(client.funds().deposit(BigInteger.TEN), owner);
        assertEquals(before.add(BigInteger.TEN), client.hub().account(owner.address()).stake());
        send(client.funds().withdraw(BigInteger.TEN), owner);
        assertEquals(before, client.hub().account(owner.address()).stake());
        assertEquals(BigInteger.ZERO, client.hub().allowance(owner.address()));
    }

    @Test
    void aPoolWithoutEnoughStakeIsTold() {
        BigInteger dear = BigInteger.valueOf(4_000_000);
        send(client.funds().deposit(dear), requester);
        assertEquals(Matching.Code.WORKERPOOL_ORDER_UNUSABLE, impossible(plan(request(), offer(dear))).code());
    }

    @Test
    void ordersOfOthersAreToldApart() {
        Offer good = offer(PRICE);
        var foreignApp = sign(good.app().order(), requester);
        var foreignDataset = sign(good.dataset().order(), requester);
        var foreignPool = sign(good.workerpool().order(), requester);
        assertEquals(Matching.Code.APP_ORDER_UNUSABLE, impossible(plan(request(),
                new Offer(foreignApp, good.dataset(), good.workerpool()))).code());
        assertEquals(Matching.Code.DATASET_ORDER_UNUSABLE, impossible(plan(request(),
                new Offer(good.app(), foreignDataset, good.workerpool()))).code());
        assertEquals(Matching.Code.WORKERPOOL_ORDER_UNUSABLE, impossible(plan(request(),
                new Offer(good.app(), good.dataset(), foreignPool))).code());
        assertEquals(Matching.Code.ORDERS_INCOMPATIBLE, impossible(plan(request(),
                new Offer(good.app(), SignedOrder.NO_DATASET, good.workerpool()))).code());
    }

    @Test
    void aRequestSignedByAnotherIsRefused() {
        TaskRequest request = request();
        var plan = client.matching().plan(sign(request.order(), owner), offer(PRICE));
        assertTrue(impossible(plan).message().contains("not signed by its requester"));
    }

    @Test
    void aWrongHubOrChainIsNoticedBeforeAnythingIsSigned() {
        var network = client.network();
        try (var wrongChain = new IexecClient(new IexecNetwork("test", 1, network.hub(), network.rpcUrls(), UNUSED,
                UNUSED, List.of(UNUSED), Optional.empty(), FRAMEWORK, false))) {
            var e = assertThrows(IexecException.class, () -> wrongChain.hub().domain());
            assertEquals(IexecException.Code.RPC_NONSENSE, e.code());
        }
        try (var noHub = new IexecClient(new IexecNetwork("test", Devnet.CHAIN_ID, owner.address(), network.rpcUrls(),
                UNUSED, UNUSED, List.of(UNUSED), Optional.empty(), FRAMEWORK, false))) {
            var e = assertThrows(IexecException.class, () -> noHub.hub().domain());
            assertEquals(IexecException.Code.RPC_NONSENSE, e.code());
        }
    }

    @Test
    void aSilentNodeIsPassedOverForTheNext() {
        var network = client.network();
        try (var two = new IexecClient(new IexecNetwork("test", Devnet.CHAIN_ID, network.hub(),
                List.of(UNUSED, network.rpcUrls().get(0)), UNUSED, UNUSED, List.of(UNUSED), Optional.empty(),
                FRAMEWORK, false))) {
            assertEquals(client.hub().domain(), two.hub().domain());
        }
    }

    @Test
    void theProbeAndTheHubsOwnViewAgree() {
        TaskRequest begun = match();
        TaskRequest waiting = match();
        send(HubCall.of(client.hub().address(), HubAbi.call("initialize", HubAbi.word(begun.deal().value()),
                HubAbi.word(BigInteger.ZERO)), "initialize"), pool);
        var tasks = List.of(begun.task(), waiting.task());
        List<TaskState> states = probe(client.hub().address(), tasks);
        assertEquals(tasks.stream().map(client.hub()::task).toList(), states);
        assertEquals(TaskStatus.ACTIVE, states.get(0).status());
        assertTrue(states.get(0).finalDeadline().isPresent());
        assertEquals(TaskStatus.UNSET, states.get(1).status());
    }

    private static List<TaskState> probe(Address hub, List<TaskId> tasks) {
        var call = TaskProbe.call(hub, tasks);
        return TaskProbe.read(client.rpc().call(call.method(), call.params().toArray()).asText(), tasks);
    }

    @Test
    void aProbeOfSomethingElseThanAHubGivesNoStates() {
        assertEquals(List.of(), probe(owner.address(), List.of(request().task())));
    }

    @Test
    void aTickCostsTheSameForTenAndForTenThousandOpenTasksAndSeesTheEvents() {
        var open = new ArrayList<TaskId>();
        TaskCursor cursor = client.tasks().now();
        TaskRequest begun = match();
        send(HubCall.of(client.hub().address(), HubAbi.call("initialize", HubAbi.word(begun.deal().value()),
                HubAbi.word(BigInteger.ZERO)), "initialize"), pool);
        for (int i = 0; i < 10_000; i++) {
            open.add(unknownTask(i));
        }
        open.add(begun.task());

        long before = client.rpc().requests();
        TaskWatch.Tick many = client.tasks().tick(cursor, open);
        long costOfMany = client.rpc().requests() - before;
        assertEquals(TaskStatus.ACTIVE, many.states().get(begun.task()).status());

        before = client.rpc().requests();
        TaskWatch.Tick few = client.tasks().tick(cursor, open.subList(9_991, 10_001));
        long costOfFew = client.rpc().requests() - before;
        assertEquals(10, few.states().size());
        assertEquals(costOfFew, costOfMany);
        assertTrue(costOfMany <= 4, () -> costOfMany + " requests");
    }

    private static TaskId unknownTask(int index) {
        return new DealId(random()).task(BigInteger.valueOf(index));
    }

    @Test
    void everyOpenTaskHasItsTurnEvenWhenNoEventIsSeen() {
        TaskRequest waiting = match();
        var open = new ArrayList<TaskId>();
        for (int i = 0; i < 2 * TaskProbe.MAX_TASKS; i++) {
            open.add(unknownTask(i));
        }
        open.add(waiting.task());
        // The deal is older than the cursor: its events, if it had any, would not be seen.
        TaskCursor cursor = client.tasks().now();
        for (int tick = 0; tick < 3; tick++) {
            var result = client.tasks().tick(cursor, open);
            if (result.states().containsKey(waiting.task())) {
                return;
            }
            cursor = result.next();
        }
        throw new AssertionError("not looked at in three ticks");
    }

    @Test
    void aTaskPastItsFinalDeadlineIsClaimedBackOnceAndItsFundsReturn() {
        BigInteger stake = client.hub().account(requester.address()).stake();
        TaskRequest begun = match();
        TaskRequest neverBegun = match();
        send(HubCall.of(client.hub().address(), HubAbi.call("initialize", HubAbi.word(begun.deal().value()),
                HubAbi.word(BigInteger.ZERO)), "initialize"), pool);
        Duration limit = client.hub().timeLimit(BigInteger.ZERO);
        assertInstanceOf(ClaimBack.Plan.NotYet.class, claimPlan(begun, limit));
        assertInstanceOf(ClaimBack.Plan.NotYet.class, claimPlan(neverBegun, limit));
        assertTrue(client.hub().account(requester.address()).stake().compareTo(stake) < 0);

        client.rpc().call("evm_increaseTime", limit.toSeconds() + 5);
        client.rpc().call("evm_mine");
        for (TaskRequest request : List.of(begun, neverBegun)) {
            var claim = assertInstanceOf(ClaimBack.Plan.Claim.class, claimPlan(request, limit));
            send(claim.call(), owner);
            var over = assertInstanceOf(ClaimBack.Plan.Over.class, claimPlan(request, limit));
            assertEquals(TaskStatus.FAILED, over.state().status());
        }
        assertEquals(stake, client.hub().account(requester.address()).stake());
    }

    private static ClaimBack.Plan claimPlan(TaskRequest request, Duration limit) {
        Deal deal = client.hub().deal(request.deal()).orElseThrow();
        Instant chainTime = client.tasks().tick(client.tasks().now(), List.of()).chainTime();
        return client.claimBack().plan(deal, request.task(), limit, chainTime);
    }
}
