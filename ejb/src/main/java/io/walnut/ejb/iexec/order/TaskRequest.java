package io.walnut.ejb.iexec.order;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import io.walnut.contracts.Hex;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The intent to run one task. A caller stores it before it does anything, and whatever happens then, the
 * secrets' names, the order's hash, the deal and the task are already known: each step can ask whether it
 * was done before.
 *
 * @param secretNames names at the SMS of {@code IEXEC_REQUESTER_SECRET_1} and so on
 */
public record TaskRequest(
        RequestOrder order, Bytes32 orderHash, DealId deal, TaskId task, List<String> secretNames) {

    private static final int NAME_BYTES = 16;

    /**
     * @param requester signs, pays, and is the beneficiary whose result key encrypts the result
     * @param secrets how many requester secrets the task takes
     * @param salt random, 32 bytes; chosen by the caller, who stores it
     */
    public static TaskRequest create(
            RequestTerms terms, Address requester, int secrets, Bytes32 salt, HubDomain domain) {
        List<String> names = IntStream.rangeClosed(1, secrets).mapToObj(number -> secretName(salt, number)).toList();
        var numbered = new TreeMap<Integer, String>();
        names.forEach(name -> numbered.put(numbered.size() + 1, name));
        var order = new RequestOrder(terms.app(), terms.maxPrice(), terms.dataset(), terms.maxPrice(),
                terms.workerpool(), terms.maxPrice(), requester, BigInteger.ONE, terms.framework().tag(),
                terms.category(), BigInteger.ZERO, requester, Address.ZERO, new DealParams(numbered, true).toJson(),
                salt);
        Bytes32 hash = domain.hash(order);
        DealId deal = DealId.first(hash);
        return new TaskRequest(order, hash, deal, deal.task(BigInteger.ZERO), names);
    }

    /** Names are never used twice, because a requester secret cannot be changed once it is stored. */
    private static String secretName(Bytes32 salt, int number) {
        return "walnut-" + Hex.digits(Arrays.copyOf(salt.bytes(), NAME_BYTES)) + "-" + number;
    }
}
