package io.walnut.ear;

import io.walnut.contracts.Address;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An ERC-20 token as the chain has it. @param spender the escrow */
record Token(Address address, Address spender) {
    private static final String APPROVAL = "0x8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925";

    BigInteger balance(Address owner) {
        return view("0x70a08231" + word(owner));
    }

    BigInteger allowance(Address owner) {
        return view("0xdd62ed3e" + word(owner) + word(spender));
    }

    /** By the owner's own hand: the devnet's node signs for its accounts. Returns when it is in a block. */
    void approve(Address owner, long amount) {
        Chain.rpc("eth_sendTransaction", "[{\"from\":\"" + owner.hex() + "\",\"to\":\"" + address.hex()
            + "\",\"data\":\"0x095ea7b3" + word(spender) + "%064x".formatted(amount) + "\"}]");
        Instant end = Instant.now().plus(Api.PATIENCE);
        while (!allowance(owner).equals(BigInteger.valueOf(amount))) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("the allowance is " + allowance(owner));
            }
            Api.pause();
        }
    }

    /** What the owner has let the escrow have, in the chain's order. */
    List<Long> approvals(Address owner) {
        var amounts = new ArrayList<Long>();
        Chain.rpc("eth_getLogs", "[{\"address\":\"" + address.hex() + "\",\"fromBlock\":\"0x0\",\"topics\":[\""
            + APPROVAL + "\",\"0x" + word(owner) + "\",\"0x" + word(spender) + "\"]}]")
            .forEach(log -> amounts.add(Long.decode(log.get("data").asString())));
        return amounts;
    }

    private BigInteger view(String data) {
        return new BigInteger(Chain.rpc("eth_call", "[{\"to\":\"" + address.hex() + "\",\"data\":\"" + data
            + "\"},\"latest\"]").asString().substring(2), 16);
    }

    private static String word(Address value) {
        return "0".repeat(24) + value.hex().substring(2);
    }
}
