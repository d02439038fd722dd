package io.walnut.enclave.chain;

/** The nodes do not prove anything under the given root. */
public final class InvalidProof extends Exception {

    public InvalidProof() {
        super(null, null, false, false);
    }
}
