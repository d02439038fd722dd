package io.walnut.web.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** How the treasury's pages log people in. */
@Path("login")
@RequestScoped
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class LoginResource {
    @Inject
    private LoginSettings settings;

    /**
     * The way to log in.
     *
     * @param type basic or oidc
     * @param issuer, clientId, scope only for oidc
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Login(String type, String issuer, String clientId, String scope) {
    }

    @GET
    public Login get() {
        return settings.issuer().map(issuer -> new Login("oidc", issuer, settings.clientId(), settings.scope()))
            .orElseGet(() -> new Login("basic", null, null, null));
    }
}
