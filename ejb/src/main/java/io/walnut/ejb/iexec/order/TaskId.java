package io.walnut.ejb.iexec.order;

import io.walnut.contracts.Bytes32;

/** A task's id: keccak(deal id ‖ index in the request order), see {@link DealId#task}. */
public record TaskId(Bytes32 value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
