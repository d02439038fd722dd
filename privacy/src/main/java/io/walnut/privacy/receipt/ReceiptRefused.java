package io.walnut.privacy.receipt;

/** A receipt that does not prove what it says. */
public final class ReceiptRefused extends Exception {

    private final Step step;

    ReceiptRefused(Step step, String message) {
        super(message);
        this.step = step;
    }

    /** Where it failed. */
    public Step step() {
        return step;
    }
}
