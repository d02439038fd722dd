package io.walnut.privacy.chain;

import io.walnut.contracts.Address;
import io.walnut.contracts.Bytes32;
import java.math.BigInteger;
import java.time.Instant;

/**
 * An {@code Exited} event: it names its deposit.
 *
 * @param amount in the token's smallest unit, fee included
 * @param time of the block
 */
public record PublicExit(Bytes32 deposit, Address linkKey, Address recipient, Address token, BigInteger amount,
        Instant time) {
}
