package io.walnut.ejb.iexec.cli;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.iexec.TeeFramework;
import io.walnut.ejb.iexec.market.OrderBook;
import io.walnut.ejb.iexec.order.AppOrder;
import io.walnut.ejb.iexec.order.DatasetOrder;
import io.walnut.ejb.iexec.order.Order;
import io.walnut.ejb.iexec.order.OrderJson;
import io.walnut.ejb.iexec.order.SignedOrder;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@code publish-app-order} and {@code publish-dataset-order}. */
final class Orders {

    private static final long DEFAULT_VOLUME = 1_000_000;

    private Orders() {
    }

    static void app(Options options, Context context) {
        var app = options.address("app");
        BigInteger price = options.number("price", 0);
        BigInteger volume = options.number("volume", DEFAULT_VOLUME);
        options.requireNoOthers();
        TeeFramework framework = context.client().network().framework();
        OrderBook book = context.client().orderBook();
        var zero = Address.ZERO;
        var standing = book.apps(app, zero, zero, zero).stream().filter(order ->
                order.signed().order().price().equals(price)
                        && order.signed().order().tag().equals(framework.tag())).toList();
        publish(context, book, standing, AppOrder.open(app, price, volume, framework.tag(), salt()));
    }

    static void dataset(Options options, Context context) {
        var dataset = options.address("dataset");
        var app = options.address("app");
        BigInteger price = options.number("price", 0);
        BigInteger volume = options.number("volume", DEFAULT_VOLUME);
        options.requireNoOthers();
        TeeFramework framework = context.client().network().framework();
        OrderBook book = context.client().orderBook();
        var zero = Address.ZERO;
        var standing = book.datasets(dataset, app, zero, zero).stream().filter(order ->
                order.signed().order().appRestriction().equals(app)
                        && order.signed().order().price().equals(price)
                        && order.signed().order().tag().equals(framework.tag())).toList();
        publish(context, book, standing,
                DatasetOrder.forApp(dataset, price, volume, framework.tag(), app, salt()));
    }

    /** An equal offer that stands already is enough: running the command twice must not offer twice. */
    private static <O extends Order> void publish(
            Context context, OrderBook book, List<OrderBook.Published<O>> standing, O order) {
        Optional<OrderBook.Published<O>> best = standing.stream()
                .max(Comparator.comparing(OrderBook.Published::remaining));
        if (best.isPresent()) {
            context.say("found: order " + best.get().hash() + " stands, with " + best.get().remaining()
                    + " tasks left");
            return;
        }
        context.change("publish " + OrderJson.write(order), () -> {
            var signed = SignedOrder.sign(order, context.client().hub().domain(), context.key());
            return "order " + book.publish(signed, context.key());
        });
    }

    private static Bytes32 salt() {
        byte[] salt = new byte[Bytes32.LENGTH];
        new SecureRandom().nextBytes(salt);
        return Bytes32.of(salt);
    }
}
