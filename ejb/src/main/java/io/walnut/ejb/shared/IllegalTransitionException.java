package io.walnut.ejb.shared;

import jakarta.ejb.ApplicationException;

/** An object was asked to do what its state does not allow. Nothing was changed. */
@ApplicationException(rollback = true)
public final class IllegalTransitionException extends RuntimeException {
    public IllegalTransitionException(String object, String id, Enum<?> state, String transition) {
        super("The " + object + " " + id + " is " + state.name().toLowerCase(java.util.Locale.ROOT)
            + " and cannot " + transition + ".");
    }
}
