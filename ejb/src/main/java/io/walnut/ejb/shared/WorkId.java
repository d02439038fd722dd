package io.walnut.ejb.shared;

import org.jboss.logging.MDC;

/**
 * The id of what a thread is working on: one request, or one round of a timer. Every line that is logged meanwhile
 * carries it as {@code request_id}, whoever logs it.
 */
public final class WorkId implements AutoCloseable {
    private static final String KEY = "request_id";

    private final Object before;

    private WorkId(String id) {
        before = MDC.get(KEY);
        MDC.put(KEY, id);
    }

    /** Names the work of this thread until the result is closed. */
    public static WorkId open(String id) {
        return new WorkId(id);
    }

    /** The id of this thread's work, made if it has none. */
    public static String current() {
        return MDC.get(KEY) instanceof String id ? id : Ids.next("req");
    }

    @Override
    public void close() {
        if (before == null) {
            MDC.remove(KEY);
        } else {
            MDC.put(KEY, before);
        }
    }
}
