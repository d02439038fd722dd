package io.walnut.ejb.iexec.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.walnut.devnet.Devnet;
import io.walnut.ejb.iexec.IexecClient;
import io.walnut.ejb.iexec.IexecException;
import io.walnut.ejb.iexec.IexecNetwork;
import io.walnut.ejb.iexec.market.Offer;
import io.walnut.ejb.iexec.order.SignedOrder;
import io.walnut.ejb.iexec.order.TaskRequest;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Matching and money. */
class HubTest extends PocoMarket {

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
    void theTimeLimitOfACategoryIsAskedOnce() {
        var limit = client.hub().timeLimit(BigInteger.TWO);
        long before = client.rpc().requests();
        assertEquals(limit, client.hub().timeLimit(BigInteger.TWO));
        assertEquals(before, client.rpc().requests());
        assertTrue(limit.compareTo(client.hub().timeLimit(BigInteger.ZERO)) > 0);
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

}
