package io.walnut.web.status;

import io.walnut.ejb.health.PortalHealth;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

@Path("health")
@RequestScoped
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {
    @Inject
    private PortalHealth health;

    @GET
    public PortalHealth.Report get() {
        return health.find().report();
    }

    /** Whether the process should be left running: what it depends on does not matter here. */
    @GET
    @Path("live")
    public Checks live() {
        return Checks.live();
    }

    /** Whether requests should be sent to this node; the status is 503 when not. */
    @GET
    @Path("ready")
    public Response ready() {
        Checks checks = Checks.ready(health.find().report());
        return Response.status(checks.isUp() ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE)
            .entity(checks).build();
    }
}
