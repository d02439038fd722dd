package io.walnut.privacy.simulation;

import java.time.Instant;
import java.util.List;

/** Payments that a company makes at once. */
record Batch(Company company, Asset asset, Instant time, List<Due> payments) {

    /** @param units of {@link Asset#unit()} */
    record Due(Person person, long units) {
    }
}
