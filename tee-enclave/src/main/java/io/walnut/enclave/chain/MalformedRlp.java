package io.walnut.enclave.chain;

/** Not one canonical RLP item within the limits. Says no more, because the input is not ours. */
public final class MalformedRlp extends Exception {

    public MalformedRlp() {
        super(null, null, false, false);
    }
}
