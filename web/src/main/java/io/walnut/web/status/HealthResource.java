package io.walnut.web.status;

import io.walnut.ejb.relay.PortalHealth;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("health")
@RequestScoped
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {
    @EJB
    private PortalHealth health;

    @GET
    public PortalHealth.Report get() {
        return health.report();
    }
}
