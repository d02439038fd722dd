package io.walnut.ejb.chain;

import java.math.BigInteger;

/**
 * Gas limit and fees of a transaction. The relayer's are the same for all that may be alike, so that they tell nothing
 * of a claim or of who relays it: limits go in large steps, tips in powers of two.
 */
final class GasRule {
    /** More than one claim takes, whatever its token and recipient mostly are. */
    private static final long STEP = 150_000;

    private GasRule() {
    }

    static long limit(Sender sender, long estimate) {
        // A quarter more than the estimate: the state may have moved when it is mined.
        long limit = estimate + estimate / 4;
        return sender == Sender.RELAYER ? Math.ceilDiv(limit, STEP) * STEP : limit;
    }

    static ChainNode.Fees fees(Sender sender, ChainNode.Fees market) {
        if (sender != Sender.RELAYER) {
            return market;
        }
        BigInteger tip = powerOfTwo(market.priorityFee());
        return new ChainNode.Fees(market.maxFee().subtract(market.priorityFee()).add(tip), tip);
    }

    private static BigInteger powerOfTwo(BigInteger atLeast) {
        return atLeast.signum() <= 0 ? BigInteger.ZERO
            : BigInteger.ONE.shiftLeft(atLeast.subtract(BigInteger.ONE).bitLength());
    }
}
