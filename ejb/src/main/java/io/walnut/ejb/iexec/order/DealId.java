package io.walnut.ejb.iexec.order;

import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Keccak;

import java.math.BigInteger;

/** A deal's id: keccak(request order's hash ‖ index of the deal's first task). Known before the orders match. */
public record DealId(Bytes32 value) {

    /** @param firstTask how much of the request order was consumed before; 0 for its first deal */
    public static DealId of(Bytes32 requestOrderHash, BigInteger firstTask) {
        return new DealId(Keccak.hash(requestOrderHash.bytes(), Uint256.word(firstTask)));
    }

    /** The first deal of a request order, and the only one when its volume is 1. */
    public static DealId first(Bytes32 requestOrderHash) {
        return of(requestOrderHash, BigInteger.ZERO);
    }

    public TaskId task(BigInteger index) {
        return new TaskId(Keccak.hash(value.bytes(), Uint256.word(index)));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
