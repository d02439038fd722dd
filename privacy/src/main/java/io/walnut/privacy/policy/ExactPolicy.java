package io.walnut.privacy.policy;

import java.math.BigInteger;
import java.util.List;

/** One note for each payment, and deposits of exactly what is paid: cheapest, and the amounts give much away. */
public record ExactPolicy() implements Policy {

    @Override
    public String name() {
        return "EXACT";
    }

    @Override
    public List<BigInteger> split(BigInteger amount) {
        return List.of(Policy.requireAmount(amount));
    }

    @Override
    public BigInteger depositSize(BigInteger total) {
        return total;
    }

    @Override
    public List<BigInteger> change(BigInteger change) {
        return change.signum() == 0 ? List.of() : List.of(change);
    }
}
