package io.walnut.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where recipients reach the portal: {@code walnut.portal.url}, or the address that this request came to. */
@RequestScoped
public class PortalAddress {
    @Inject
    @ConfigProperty(name = "walnut.portal.url")
    private Optional<String> configured;
    @Inject
    private HttpServletRequest request;

    /** Without a fragment. */
    public String claimPage() {
        String base = configured.orElseGet(() -> request.getScheme() + "://" + request.getServerName() + ':'
            + request.getServerPort());
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/claim";
    }
}
