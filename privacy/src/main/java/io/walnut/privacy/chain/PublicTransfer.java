package io.walnut.privacy.chain;

import io.walnut.contracts.Address;
import java.time.Instant;

/** A payment on the same chain that did not go through the escrow. */
public record PublicTransfer(Address from, Address to, Instant time) {
}
