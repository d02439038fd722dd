package io.walnut.enclave.rpc;

/** A provider failed. Carries nothing that came from the provider. */
public final class ProviderFault extends Exception {

    private final Fault fault;

    public ProviderFault(Fault fault) {
        super(null, null, false, false);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
