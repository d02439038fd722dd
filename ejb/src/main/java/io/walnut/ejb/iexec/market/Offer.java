package io.walnut.ejb.iexec.market;

import io.walnut.ejb.iexec.order.AppOrder;
import io.walnut.ejb.iexec.order.DatasetOrder;
import io.walnut.ejb.iexec.order.SignedOrder;
import io.walnut.ejb.iexec.order.WorkerpoolOrder;

import java.math.BigInteger;

/** Orders that together answer a request. */
public record Offer(
        SignedOrder<AppOrder> app, SignedOrder<DatasetOrder> dataset, SignedOrder<WorkerpoolOrder> workerpool) {

    /** Of one task, in nRLC. */
    public BigInteger price() {
        return app.order().price().add(dataset.order().price()).add(workerpool.order().price());
    }

    /** Of as many of {@code tasks} as the offer's orders have volume for, in nRLC. */
    public BigInteger cost(BigInteger tasks) {
        BigInteger matched = tasks.min(app.order().volume()).min(workerpool.order().volume());
        return price().multiply(dataset.order().dataset().isZero() ? matched : matched.min(dataset.order().volume()));
    }
}
