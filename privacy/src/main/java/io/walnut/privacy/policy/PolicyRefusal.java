package io.walnut.privacy.policy;

/** A payment that the policy cannot carry. The message is meant for the treasurer. */
public final class PolicyRefusal extends RuntimeException {

    /** Stable: part of the API. */
    public enum Code { AMOUNT_NOT_STANDARD, TOO_MANY_NOTES, AMOUNT_OUT_OF_RANGE }

    private final Code code;

    PolicyRefusal(Code code, String message) {
        super(message);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
