package io.walnut.ejb.iexec.market;

import io.walnut.contracts.Bytes32;
import io.walnut.ejb.iexec.TeeFramework;
import io.walnut.ejb.iexec.order.AppOrder;
import io.walnut.ejb.iexec.order.DatasetOrder;
import io.walnut.ejb.iexec.order.Order;
import io.walnut.ejb.iexec.order.RequestOrder;
import io.walnut.ejb.iexec.order.SignedOrder;
import io.walnut.ejb.iexec.order.WorkerpoolOrder;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds the cheapest orders that answer a request. */
public final class OfferSearch {

    private final OrderBook book;
    private final TeeFramework framework;

    public OfferSearch(OrderBook book, TeeFramework framework) {
        this.book = book;
        this.framework = framework;
    }

    /** What a search gave. */
    public sealed interface Found {

        record Complete(Offer offer) implements Found {
        }

        /** @param message one line: what is not offered, and what to do */
        record Missing(Code code, String message) implements Found {
        }
    }

    /** Stable. */
    public enum Code {
        NO_APP_ORDER, NO_DATASET_ORDER, NO_WORKERPOOL_ORDER
    }

    /** @param excluded hashes of orders that the hub refused before */
    public Found search(RequestOrder request, Set<Bytes32> excluded) {
        var app = cheapest(book.apps(request.app(), request.dataset(), request.workerpool(), request.requester()),
                AppOrder::price, request.appMaxPrice(), excluded);
        if (app.isEmpty()) {
            return missing(Code.NO_APP_ORDER, "order for app " + request.app(), request.appMaxPrice(),
                    "publish an app order");
        }
        Optional<SignedOrder<DatasetOrder>> dataset = request.dataset().isZero()
                ? Optional.of(SignedOrder.NO_DATASET)
                : cheapest(book.datasets(request.dataset(), request.app(), request.workerpool(), request.requester()),
                        DatasetOrder::price, request.datasetMaxPrice(), excluded);
        if (dataset.isEmpty()) {
            return missing(Code.NO_DATASET_ORDER, "order for data set " + request.dataset(),
                    request.datasetMaxPrice(), "publish a data set order");
        }
        var workerpool = cheapest(book.workerpools(request.category(), framework.tag(), request.workerpool(),
                request.app(), request.dataset(), request.requester()).stream()
                        .filter(offer -> framework.isServedBy(offer.signed().order().tag())
                                && offer.signed().order().trust().compareTo(request.trust()) >= 0).toList(),
                WorkerpoolOrder::price, request.workerpoolMaxPrice(), excluded);
        if (workerpool.isEmpty()) {
            return missing(Code.NO_WORKERPOOL_ORDER, framework + " worker pool order in category "
                    + request.category(), request.workerpoolMaxPrice(), "wait, raise the price, or choose a pool");
        }
        return new Found.Complete(new Offer(app.get(), dataset.get(), workerpool.get()));
    }

    private <O extends Order> Optional<SignedOrder<O>> cheapest(List<OrderBook.Published<O>> offers,
            Function<O, BigInteger> price, BigInteger maxPrice, Set<Bytes32> excluded) {
        Stream<OrderBook.Published<O>> usable = offers.stream().filter(offer -> !excluded.contains(offer.hash())
                && framework.accepts(offer.signed().order().tag())
                && price.apply(offer.signed().order()).compareTo(maxPrice) <= 0);
        return usable.map(OrderBook.Published::signed)
                .min(Comparator.comparing(signed -> price.apply(signed.order())));
    }

    private static Found missing(Code code, String what, BigInteger maxPrice, String remedy) {
        return new Found.Missing(code, "the order book has no usable " + what + " for at most " + maxPrice
                + " nRLC: " + remedy);
    }
}
