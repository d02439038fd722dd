package io.walnut.ejb.iexec.order;

import io.walnut.contracts.Bytes32;

import java.math.BigInteger;

/**
 * What a party offers or asks. A zero address in a restriction means "anyone"; prices are in nRLC per task;
 * volumes are numbers of tasks; the salt makes the order unique.
 */
public sealed interface Order permits AppOrder, DatasetOrder, WorkerpoolOrder, RequestOrder {

    BigInteger volume();

    Bytes32 tag();

    Bytes32 salt();

    /** EIP-712 {@code hashStruct}, without the domain. */
    Bytes32 structHash();
}
