package io.walnut.web.problem;

import io.walnut.ejb.shared.Refusal;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;

/** Refuses the one character that no text in the database can hold, wherever in an address it stands. */
@Provider
@PreMatching
public class NulFilter implements ContainerRequestFilter {
    private static final String NUL = "%00";

    @Override
    public void filter(ContainerRequestContext request) {
        URI address = request.getUriInfo().getRequestUri();
        if (address.getRawPath().contains(NUL) || address.getRawQuery() != null && address.getRawQuery().contains(NUL)) {
            throw Refusal.invalid("address", "must not hold the character " + NUL);
        }
    }
}
