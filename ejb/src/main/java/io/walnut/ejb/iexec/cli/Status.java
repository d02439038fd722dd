package io.walnut.ejb.iexec.cli;

import io.walnut.contracts.Address;
import io.walnut.ejb.iexec.IexecClient;
import io.walnut.ejb.iexec.hub.Deal;
import io.walnut.ejb.iexec.hub.Funds;
import io.walnut.ejb.iexec.hub.TaskState;
import io.walnut.ejb.iexec.market.OrderBook;
import io.walnut.ejb.iexec.order.DealId;

import java.math.BigInteger;

/** {@code status}, {@code deal} and {@code deposit}. */
final class Status {

    private Status() {
    }

    /** What is there of an app, a data set and the key's account. */
    static void show(Options options, Context context) {
        var app = options.find("app").map(ignored -> options.address("app"));
        var dataset = options.find("dataset").map(ignored -> options.address("dataset"));
        BigInteger category = options.number("category", 0);
        options.requireNoOthers();
        IexecClient client = context.client();
        var network = client.network();
        var account = client.hub().account(context.key().address());
        context.say("network    " + network.name() + ", " + network.framework() + ", hub " + client.hub().domain().hub());
        context.say("account    " + context.key().address() + ": stake " + account.stake() + " nRLC, locked "
                + account.locked() + ", wallet " + client.hub().walletBalance(context.key().address()));
        context.say("result key " + present(client.sms().hasResultKey(context.key().address())));
        OrderBook book = client.orderBook();
        app.ifPresent(address -> {
            context.say("app        " + address + ": registered " + present(client.registries().isApp(address))
                    + ", developer secret " + present(client.sms().hasAppSecret(address)) + ", orders "
                    + book.apps(address, Address.ZERO, Address.ZERO, Address.ZERO).size());
        });
        dataset.ifPresent(address -> {
            context.say("data set   " + address + ": registered " + present(client.registries().isDataset(address))
                    + ", key " + present(client.sms().hasDatasetKey(address)) + ", orders "
                    + book.datasets(address, app.orElse(Address.ZERO), Address.ZERO, Address.ZERO).size());
        });
        context.say("pools      " + book.workerpools(category, network.framework().tag(), Address.ZERO,
                app.orElse(Address.ZERO), dataset.orElse(Address.ZERO), context.key().address()).size()
                + " orders in category " + category);
    }

    static void deal(Options options, Context context) {
        DealId id = new DealId(options.bytes32("deal"));
        options.requireNoOthers();
        Deal deal = context.client().hub().deal(id)
                .orElseThrow(() -> new CommandFailure("the hub has no deal " + id));
        context.say("deal " + id + " of " + deal.requester() + ", started " + deal.startTime() + ", final deadline "
                + deal.startTime().plus(context.client().hub().timeLimit(deal.category())));
        for (int i = 0; BigInteger.valueOf(i).compareTo(deal.tasks()) < 0; i++) {
            TaskState task = context.client().hub().task(deal.task(i));
            context.say("task " + task.id() + " " + task.status() + " "
                    + task.result().map(result -> result.path()).orElse(""));
        }
    }

    /** Brings the stake up to an amount. */
    static void deposit(Options options, Context context) {
        BigInteger stake = options.number("stake");
        options.requireNoOthers();
        Funds.Check check = context.client().funds().check(context.key().address(), stake);
        switch (check) {
            case Funds.Check.Enough enough -> context.say("found: " + check.explain(context.key().address()));
            case Funds.Check.DepositNeeded needed -> context.send(needed.deposit());
            case Funds.Check.NotEnough lacking ->
                    throw new CommandFailure(check.explain(context.key().address()));
        }
    }

    private static String present(boolean there) {
        return there ? "yes" : "no";
    }
}
