package io.walnut.web.problem;

import io.walnut.ejb.shared.Refusal;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Refuses what another site makes a browser send: browsers add a login that they remember to it. */
@Provider
public class CrossSiteFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        String site = request.getHeaderString("Sec-Fetch-Site");
        if (!HttpMethod.GET.equals(request.getMethod()) && "cross-site".equals(site)) {
            throw Refusal.of(Refusal.Kind.FORBIDDEN, "cross_site", "Another site may not do this.");
        }
    }
}
