package io.walnut.ejb.iexec.order;

import io.walnut.contracts.Address;
import io.walnut.ejb.iexec.TeeFramework;

import java.math.BigInteger;

/**
 * What a requester asks for every time: configuration, not part of one request.
 *
 * @param workerpool zero for any
 * @param maxPrice the most that app, data set and worker pool may cost each, in nRLC per task
 */
public record RequestTerms(
        Address app,
        Address dataset,
        Address workerpool,
        TeeFramework framework,
        BigInteger category,
        BigInteger maxPrice) {
}
