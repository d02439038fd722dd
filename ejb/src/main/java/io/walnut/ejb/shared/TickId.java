package io.walnut.ejb.shared;

import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.InvocationContext;

/** Names each round of each timer in the log; bound to all of them by {@code ejb-jar.xml}. */
public class TickId {
    @AroundTimeout
    Object name(InvocationContext tick) throws Exception {
        try (var id = WorkId.open(Ids.next("tick"))) {
            return tick.proceed();
        }
    }
}
