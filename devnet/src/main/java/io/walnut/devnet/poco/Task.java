package io.walnut.devnet.poco;

import io.walnut.contracts.Bytes32;
import io.walnut.devnet.rpc.AbiReader;
import java.math.BigInteger;

/** A task as the hub keeps it. Times are seconds since 1970. */
public record Task(Bytes32 id, Status status, Bytes32 deal, BigInteger index, BigInteger contributionDeadline,
        BigInteger revealDeadline, BigInteger finalDeadline, BigInteger revealed, BigInteger winners, byte[] results) {

    /** In the order of the contract's enumeration. */
    public enum Status { UNSET, ACTIVE, REVEALING, COMPLETED, FAILED }

    static Task of(Bytes32 id, AbiReader words) {
        return new Task(id, Status.values()[words.uint(0).intValueExact()], words.bytes32(1), words.uint(2),
                words.uint(4), words.uint(5), words.uint(6), words.uint(8), words.uint(9), words.bytes(12));
    }
}
