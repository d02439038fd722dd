package io.walnut.ejb.iexec.hub;

/** A task's status on the hub, in the hub's numbering. */
public enum TaskStatus {
    /** The deal exists; the scheduler has not begun the task. */
    UNSET,
    /** Workers may contribute. */
    ACTIVE,
    /** Workers agreed on a result and reveal it. */
    REVEALING,
    COMPLETED,
    /** Claimed back after its final deadline; its price went back to who paid. */
    FAILED;

    private static final TaskStatus[] ALL = values();

    /** @return null for a number that the hub does not use */
    static TaskStatus of(int number) {
        return number < ALL.length ? ALL[number] : null;
    }

    public boolean isFinal() {
        return this == COMPLETED || this == FAILED;
    }
}
