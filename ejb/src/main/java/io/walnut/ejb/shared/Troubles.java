package io.walnut.ejb.shared;

import jakarta.ejb.EJBException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Runs steps that are tried again anyway, and logs a trouble once, not each second that it lasts. */
public final class Troubles {
    private final System.Logger log;
    private final Map<String, String> last = new ConcurrentHashMap<>();

    public Troubles(Class<?> owner) {
        this.log = System.getLogger(owner.getName());
    }

    /** @param what for the log, as in "watching the chain" */
    public void guard(String what, Runnable step) {
        try {
            step.run();
            if (last.remove(what) != null) {
                log.log(System.Logger.Level.INFO, "{0}: works again", what);
            }
        } catch (RuntimeException e) {
            String trouble = describe(e);
            if (!trouble.equals(last.put(what, trouble))) {
                log.log(System.Logger.Level.WARNING, what + ": " + trouble + "; trying again");
                log.log(System.Logger.Level.DEBUG, what, e);
            }
        }
    }

    private static String describe(Throwable e) {
        Throwable cause = e;
        while (cause instanceof EJBException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        StackTraceElement[] trace = cause.getStackTrace();
        return cause.getClass().getSimpleName() + ": " + cause.getMessage() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
