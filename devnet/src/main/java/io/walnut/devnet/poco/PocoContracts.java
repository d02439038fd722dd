package io.walnut.devnet.poco;

import io.walnut.contracts.Address;

/** Where the iExec contracts are. */
public record PocoContracts(Address hub, Address rlc, Address appRegistry, Address datasetRegistry,
        Address workerpoolRegistry) {
}
