package io.walnut.web.privacy;

import io.walnut.ejb.privacy.PreviewDesk;
import io.walnut.ejb.privacy.PrivacyDesk;
import io.walnut.ejb.privacy.PrivacyPreview;
import io.walnut.ejb.privacy.PrivacyReport;
import io.walnut.web.Caller;
import io.walnut.ejb.shared.Refusal;
import io.walnut.privacy.report.MeasuredFigures;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.stream.Collectors;

@Path("privacy")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class PrivacyResource {
    private static final int FRESH_SECONDS = 60;

    @Inject
    private PrivacyDesk privacy;
    @Inject
    private PreviewDesk previews;
    @Inject
    private TokenCheck tokens;

    /** Of public data alone, so nobody has to log in. */
    @GET
    @PermitAll
    public Response figures() {
        PrivacyReport report = privacy.report();
        var cache = new CacheControl();
        cache.setMaxAge(FRESH_SECONDS);
        return Response.ok(report).cacheControl(cache).build();
    }

    /** What the attack simulator has measured: the figures of {@code docs/privacy.md}. */
    @GET
    @Path("report")
    @PermitAll
    public String measured() {
        return "{\"data\":[" + MeasuredFigures.ASSETS.stream().map(MeasuredFigures::json).collect(Collectors.joining(","))
            + "]}";
    }

    /** Stores nothing, so it needs no Idempotency-Key. */
    @POST
    @Path("preview")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Caller.TREASURER, Caller.APPROVER, Caller.AUDITOR})
    public PrivacyPreview preview(PreviewInput input) {
        if (input == null) {
            throw Refusal.invalid("body", "is required");
        }
        return previews.preview(tokens.known(input.checked()));
    }
}
