package io.walnut.web.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.ejb.chain.EscrowReads;
import io.walnut.ejb.shared.Refusal;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** JSON-RPC for claim pages, which may talk to nobody but the portal. */
@Path("rpc")
@RequestScoped
@PermitAll
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RpcResource {
    @Inject
    private EscrowReads reads;

    @POST
    public RpcAnswer call(JsonNode body) {
        if (body == null || !body.isObject()) {
            throw Refusal.invalid("body", "must be one JSON-RPC request");
        }
        return RpcAnswer.of(body.path("id"), reads.read(body.path("method").asText(), body.path("params")));
    }
}
