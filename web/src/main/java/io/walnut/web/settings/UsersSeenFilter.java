package io.walnut.web.settings;

import io.walnut.web.Caller;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

@Provider
public class UsersSeenFilter implements ContainerRequestFilter {
    @Inject
    private UsersSeen users;
    @Inject
    private Caller caller;

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getSecurityContext().getUserPrincipal() != null) {
            users.note(caller);
        }
    }
}
