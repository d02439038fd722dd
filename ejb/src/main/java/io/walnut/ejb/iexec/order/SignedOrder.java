package io.walnut.ejb.iexec.order;

import io.walnut.ejb.iexec.SigningKey;

/** An order with its owner's signature over {@link HubDomain#hash}. */
public record SignedOrder<O extends Order>(O order, OrderSignature signature) {

    /** The "no data set" order of a deal; nobody signs it. */
    public static final SignedOrder<DatasetOrder> NO_DATASET =
            new SignedOrder<>(DatasetOrder.NONE, OrderSignature.NONE);

    public static <O extends Order> SignedOrder<O> sign(O order, HubDomain domain, SigningKey key) {
        return new SignedOrder<>(order, OrderSignature.of(key.sign(domain.hash(order))));
    }
}
