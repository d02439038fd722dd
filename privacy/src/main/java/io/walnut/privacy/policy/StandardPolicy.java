package io.walnut.privacy.policy;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Payments in standard notes, so that notes look alike; and deposits of standard sizes, so that a deposit's amount does
 * not tell what is paid from it. What a deposit holds beyond its payments is change, in standard notes of the sender.
 *
 * @param notes of which payments and change are made
 * @param deposits the sizes of deposits; empty to deposit exactly what is paid, which the simulator shows to be weak
 */
public record StandardPolicy(Denominations notes, Optional<Denominations> deposits) implements Policy {

    public StandardPolicy {
        Objects.requireNonNull(notes);
        deposits.ifPresent(sizes -> {
            if (sizes.smallest().mod(notes.smallest()).signum() != 0) {
                throw new IllegalArgumentException("the smallest deposit must be a multiple of the smallest note");
            }
        });
    }

    @Override
    public String name() {
        return "STANDARD";
    }

    @Override
    public List<BigInteger> split(BigInteger amount) {
        return notes.split(Policy.requireAmount(amount), MOST_NOTES);
    }

    @Override
    public BigInteger depositSize(BigInteger total) {
        return deposits.map(sizes -> sizes.ceiling(total)).orElse(total);
    }

    /** Change is bounded by the tree only: it travels in no link. */
    @Override
    public List<BigInteger> change(BigInteger change) {
        return change.signum() == 0 ? List.of() : notes.split(change, io.walnut.contracts.NoteTree.MAX_NOTES - MOST_NOTES);
    }
}
