package io.walnut.enclave;

/**
 * The enclave refuses to sign. Carries a code and nothing else: no message, no cause and no stack trace,
 * so that nothing of the input can leave with it.
 */
public final class Refused extends Exception {

    private final transient RefusalCode code;

    public Refused(RefusalCode code) {
        super(null, null, false, false);
        this.code = code;
    }

    public RefusalCode code() {
        return code;
    }
}
