package io.walnut.ejb.treasury;

import io.walnut.contracts.Link;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** How a payment's amount is split into notes. */
final class Denominations {
    private static final BigInteger[] STEPS = {BigInteger.valueOf(5), BigInteger.TWO, BigInteger.ONE};

    private Denominations() {
    }

    /**
     * The fewest amounts of the 1-2-5 series that sum up to {@code amount}, the greatest first; should they
     * be more than a link can carry, the last one is what remains.
     */
    static List<BigInteger> standard(BigInteger amount) {
        var parts = new ArrayList<BigInteger>();
        BigInteger rest = amount;
        BigInteger power = BigInteger.TEN.pow(amount.toString().length() - 1);
        while (rest.signum() > 0) {
            for (BigInteger step : STEPS) {
                BigInteger denomination = power.multiply(step);
                while (rest.compareTo(denomination) >= 0) {
                    if (parts.size() == Link.MAX_NOTES - 1) {
                        parts.add(rest);
                        return parts;
                    }
                    parts.add(denomination);
                    rest = rest.subtract(denomination);
                }
            }
            power = power.divide(BigInteger.TEN);
        }
        return parts;
    }

    static List<BigInteger> of(Batch.Policy policy, BigInteger amount) {
        return policy == Batch.Policy.STANDARD ? standard(amount) : List.of(amount);
    }
}
