package io.walnut.devnet.walnut;

import io.walnut.contracts.Bytes32;
import io.walnut.devnet.Accounts;
import io.walnut.devnet.Framework;
import io.walnut.devnet.orderbook.Order;
import io.walnut.devnet.orderbook.OrderBook;
import io.walnut.devnet.orderbook.OrderKind;
import java.util.Map;

/** The orders that the devnet's owners sign and publish. */
public final class WalnutOrders {

    /** nRLC per task: not zero, so that staking is needed as on the network. */
    public static final long WORKERPOOL_PRICE = 1_000_000;

    private static final long VOLUME = 1_000_000;
    private static final int CATEGORIES = 5;

    private WalnutOrders() {
    }

    /** The workerpool serves every category and both frameworks; Walnut's app and dataset are for one framework. */
    public static void publish(OrderBook book, Accounts accounts, WalnutContracts walnut, Framework framework) {
        Bytes32 domain = book.domainSeparator();
        Bytes32 tag = framework.tag();
        book.publish(Order.signed(OrderKind.APP, Map.of("app", walnut.app(), "appprice", 0, "volume", VOLUME,
                "tag", tag), accounts.appDeveloper(), domain));
        // Restricted, because another app could read key share B and show it.
        book.publish(Order.signed(OrderKind.DATASET, Map.of("dataset", walnut.dataset(), "datasetprice", 0,
                "volume", VOLUME, "tag", tag, "apprestrict", walnut.app()), accounts.datasetOwner(), domain));
        for (Framework served : Framework.values()) {
            for (int category = 0; category < CATEGORIES; category++) {
                book.publish(Order.signed(OrderKind.WORKERPOOL, Map.of("workerpool", walnut.workerpool(),
                        "workerpoolprice", WORKERPOOL_PRICE, "volume", VOLUME, "tag", served.tag(),
                        "category", category, "trust", 1), accounts.scheduler(), domain));
            }
        }
    }
}
