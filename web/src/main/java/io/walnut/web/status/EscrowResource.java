package io.walnut.web.status;

import io.walnut.contracts.Address;
import io.walnut.ejb.chain.EscrowSettings;
import io.walnut.ejb.chain.Tokens;
import io.walnut.ejb.relay.ClaimDesk;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What a claim page has to know. */
@Path("escrow")
@RequestScoped
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class EscrowResource {
    @EJB
    private ClaimDesk claims;
    @Inject
    private EscrowSettings escrow;
    @Inject
    private Tokens tokens;

    /** @param claimQuote what a claim has to name so that it is relayed */
    public record EscrowView(long chainId, Address address, String finality, ClaimDesk.Quote claimQuote,
        List<Tokens.Token> tokens) {
    }

    @GET
    public EscrowView get() {
        return new EscrowView(escrow.chainId(), escrow.address(), escrow.finality(), claims.quote(), tokens.all());
    }
}
