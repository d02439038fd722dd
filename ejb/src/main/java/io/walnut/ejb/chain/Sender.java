package io.walnut.ejb.chain;

/** Whose key pays and signs a transaction. */
public enum Sender {
    TREASURY("walnut.treasury"), RELAYER("walnut.relayer"),
    /** Pays for tasks, on iExec's chain. */
    REQUESTER("walnut.iexec.requester");

    private final String settingsPrefix;

    Sender(String settingsPrefix) {
        this.settingsPrefix = settingsPrefix;
    }

    String settingsPrefix() {
        return settingsPrefix;
    }
}
