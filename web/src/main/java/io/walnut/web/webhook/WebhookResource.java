package io.walnut.web.webhook;

import io.walnut.ejb.shared.Refusal;
import io.walnut.ejb.webhook.WebhookEndpoint;
import io.walnut.ejb.webhook.Webhooks;
import io.walnut.web.Caller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;

@Path("webhook-endpoints")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Caller.TREASURER)
public class WebhookResource {
    @EJB
    private Webhooks webhooks;
    @Inject
    private Caller caller;

    /** The body of a new endpoint. */
    public record EndpointInput(String url) {
    }

    /** @param secret only in the answer that makes it */
    public record EndpointView(String id, String object, String url, String createdBy, Instant createdAt,
        String secret) {
        static EndpointView of(WebhookEndpoint endpoint, String secret) {
            return new EndpointView(endpoint.id(), "webhook_endpoint", endpoint.url().toString(),
                endpoint.createdBy(), endpoint.createdAt(), secret);
        }

        @Override
        public String toString() {
            return "EndpointView[" + id + ", secret redacted]";
        }
    }

    public record EndpointList(List<EndpointView> data) {
    }

    public record Replayed(int deliveries) {
    }

    /** Not kept for an Idempotency-Key: the answer is a secret. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(EndpointInput input) {
        Webhooks.Added added = webhooks.add(url(input), caller.name());
        return Response.status(Response.Status.CREATED).entity(EndpointView.of(added.endpoint(), added.secret()))
            .build();
    }

    @GET
    public EndpointList list() {
        return new EndpointList(webhooks.list().stream().map(e -> EndpointView.of(e, null)).toList());
    }

    @DELETE
    @Path("{id}")
    public void remove(@PathParam("id") String id) {
        webhooks.remove(id, caller.name());
    }

    @POST
    @Path("{id}/replay")
    public Replayed replay(@PathParam("id") String id, @QueryParam("after") @DefaultValue("0") long after) {
        return new Replayed(webhooks.replay(id, after, caller.name()));
    }

    private static URI url(EndpointInput input) {
        if (input == null || input.url() == null || input.url().length() > 2000) {
            throw Refusal.invalid("url", "is required, with at most 2000 characters");
        }
        try {
            return URI.create(input.url());
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("url", "is no address");
        }
    }
}
