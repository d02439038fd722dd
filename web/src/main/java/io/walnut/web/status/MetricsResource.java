package io.walnut.web.status;

import io.walnut.ejb.health.HealthMeters;
import io.walnut.ejb.metrics.Meters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;

/** This node's figures for a monitoring system; with a login, for what is counted tells when payments are made. */
@Path("metrics")
@RequestScoped
public class MetricsResource {
    @Inject
    private HealthMeters meters;

    @GET
    @Produces(Meters.CONTENT_TYPE)
    public StreamingOutput get() {
        return meters::write;
    }
}
