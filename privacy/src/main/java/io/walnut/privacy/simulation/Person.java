package io.walnut.privacy.simulation;

import io.walnut.contracts.Address;

/**
 * A recipient and their habits, as {@link TrafficModel} names them.
 *
 * @param utcOffset hours
 * @param impatience between 0 and 1: the lower, the sooner a recipient refuses to wait
 * @param caution between 0 and 1: the higher, the likelier a recipient takes notes at several fresh addresses
 */
record Person(Address main, int utcOffset, double impatience, double caution, boolean reuses, boolean paidBefore, boolean consolidates,
        boolean sendsThemselves, boolean keepsReusing) {
}
