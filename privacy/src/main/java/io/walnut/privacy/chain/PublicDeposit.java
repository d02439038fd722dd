package io.walnut.privacy.chain;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import java.math.BigInteger;
import java.time.Instant;

/**
 * A {@code Deposited} event.
 *
 * @param id {@link io.walnut.contracts.Deposit#id()}
 * @param amount in the token's smallest unit
 * @param time of the block
 */
public record PublicDeposit(Bytes32 id, Address depositor, Address token, BigInteger amount, Instant time) {
}
