package io.walnut.ejb.chain;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import java.math.BigInteger;

/** How a note was paid, by voucher or by exit, as the chain tells everybody. */
public record Redemption(Address linkKey, Address recipient, BigInteger amount, Bytes32 txHash, long blockNumber) {
}
