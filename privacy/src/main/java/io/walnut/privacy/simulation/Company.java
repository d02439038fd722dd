package io.walnut.privacy.simulation;

import io.walnut.contracts.Address;

/** @param utcOffset hours */
record Company(int index, Address treasury, Address ownRelayer, int utcOffset) {
}
