package io.walnut.ejb.iexec.hub;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.iexec.order.DealId;
import io.walnut.ejb.iexec.order.TaskId;
import io.walnut.ejb.iexec.rpc.AbiReader;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/**
 * Matched orders, as the hub records them.
 *
 * @param price of one task in nRLC, app, data set and worker pool together
 * @param firstTask index of the deal's first task in its request order
 * @param tasks how many tasks it has
 */
public record Deal(
        DealId id,
        Address app,
        Address dataset,
        Address workerpool,
        BigInteger price,
        BigInteger trust,
        BigInteger category,
        Bytes32 tag,
        Address requester,
        Address beneficiary,
        String params,
        Instant startTime,
        BigInteger firstTask,
        BigInteger tasks) {

    public TaskId task(int index) {
        return id.task(firstTask.add(BigInteger.valueOf(index)));
    }

    /** @return empty when the hub has no such deal, which it shows by zeros */
    static Optional<Deal> read(DealId id, AbiReader answer) {
        AbiReader deal = answer.at(0);
        if (deal.number(18).signum() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Deal(id, deal.address(0), deal.address(3), deal.address(6),
                deal.number(2).add(deal.number(5)).add(deal.number(8)), deal.number(9), deal.number(10),
                deal.bytes32(11), deal.address(12), deal.address(13), deal.text(15),
                deal.time(16), deal.number(17), deal.number(18)));
    }
}
