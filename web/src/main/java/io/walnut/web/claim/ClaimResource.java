package io.walnut.web.claim;

import io.walnut.ejb.relay.ClaimDesk;
import io.walnut.ejb.relay.ClaimRequest;
import io.walnut.ejb.relay.ClaimStatus;
import io.walnut.ejb.shared.Refusal;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

@Path("claims")
@RequestScoped
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class ClaimResource {
    @EJB
    private ClaimDesk desk;
    @Inject
    private RateLimit limit;
    @Inject
    private HttpServletRequest request;

    /** Needs no Idempotency-Key: the link key is one. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response claim(ClaimInput input) {
        if (input == null) {
            throw Refusal.invalid("body", "is required");
        }
        limit.fromAddress(request.getRemoteAddr());
        ClaimRequest claim = input.checked();
        limit.forLink(claim.linkKey().hex());
        ClaimStatus status = desk.accept(claim);
        return Response.status(status.id() == null ? 200 : 202).entity(ClaimView.of(status)).build();
    }

    @GET
    @Path("{id}")
    public ClaimView get(@PathParam("id") String id) {
        return ClaimView.of(desk.status(id));
    }
}
