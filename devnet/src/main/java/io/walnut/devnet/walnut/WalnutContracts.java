package io.walnut.devnet.walnut;

import io.walnut.contracts.Address;

/** Walnut's own contracts and iExec resources on the devnet. */
public record WalnutContracts(Address escrow, Address signer, Address app, Address dataset, Address workerpool) {
}
