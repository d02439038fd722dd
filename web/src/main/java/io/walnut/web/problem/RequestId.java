package io.walnut.web.problem;

import io.walnut.ejb.shared.Ids;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** Names each request, in its answer and in what is logged about it. */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION - 500)
public class RequestId implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String HEADER = "Request-Id";
    private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

    /** The id of the request that this thread works on. */
    public static String current() {
        String id = CURRENT.get();
        if (id == null) {
            id = Ids.next("req");
            CURRENT.set(id);
        }
        return id;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        CURRENT.set(Ids.next("req"));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(HEADER, current());
        CURRENT.remove();
    }
}
