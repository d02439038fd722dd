package io.walnut.devnet.poco;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.devnet.rpc.AbiReader;
import java.math.BigInteger;

/**
 * A deal as the hub keeps it.
 *
 * @param params the request order's JSON
 * @param first the index of the deal's first task
 * @param size how many tasks
 */
public record Deal(Bytes32 id, Address app, Address dataset, Address workerpool, BigInteger workerpoolPrice,
        BigInteger category, Bytes32 tag, Address requester, Address beneficiary, Address callback, String params,
        BigInteger startTime, BigInteger first, BigInteger size) {

    static Deal of(Bytes32 id, AbiReader words) {
        return new Deal(id, words.address(0), words.address(3), words.address(6), words.uint(8), words.uint(10),
                words.bytes32(11), words.address(12), words.address(13), words.address(14), words.string(15),
                words.uint(16), words.uint(17), words.uint(18));
    }
}
