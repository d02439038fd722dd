package io.walnut.devnet.fault;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Switches that make the off-chain parts misbehave. Safe for many threads. */
public final class Faults {

    public enum Fault {
        /** The worker ends after computing and never contributes. */
        WORKER_DIES_BEFORE_CONTRIBUTE,
        /** The worker contributes and never reveals. */
        WORKER_NEVER_REVEALS,
        /** The task completes, but nothing is at the location that it names. */
        RESULT_MISSING,
        /** The gateway answers every download with 500. */
        GATEWAY_FAILS,
        /** The SMS answers every request with 503. */
        SMS_REFUSES,
        /** The app starts ten seconds late. */
        SLOW_TASK,
        /** The scheduler initializes no task. */
        SCHEDULER_IDLE
    }

    private final Set<Fault> on = Collections.synchronizedSet(EnumSet.noneOf(Fault.class));

    public Faults(Set<Fault> initial) {
        on.addAll(initial);
    }

    public boolean isOn(Fault fault) {
        return on.contains(fault);
    }

    public void set(Fault fault, boolean value) {
        if (value) {
            on.add(fault);
        } else {
            on.remove(fault);
        }
    }

    public Set<Fault> all() {
        return on.isEmpty() ? Set.of() : EnumSet.copyOf(on);
    }
}
