package io.walnut.web.batch;

import io.walnut.ejb.shared.Page;
import io.walnut.ejb.treasury.Batch;
import io.walnut.ejb.treasury.BatchLife;
import io.walnut.ejb.treasury.BatchMaker;
import io.walnut.ejb.treasury.BatchRequest;
import io.walnut.ejb.treasury.BatchStore;
import io.walnut.web.Caller;
import io.walnut.web.Inputs;
import io.walnut.web.ListView;
import io.walnut.web.idempotency.Once;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

@Path("batches")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class BatchResource {
    private static final int CREATED = 201;
    private static final int OK = 200;

    @EJB
    private BatchMaker maker;
    @EJB
    private BatchLife life;
    @EJB
    private BatchStore batches;
    @Inject
    private BatchDesk desk;
    @Inject
    private CsvBatch csv;
    @Inject
    private Caller caller;
    @Inject
    private Once once;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Caller.TREASURER)
    public Response create(BatchInput input) {
        BatchRequest request = csv.known(input == null ? new BatchInput(null, null, null, null, null, null, null,
            null, null).checked() : input.checked());
        return once.run(CREATED, input, () -> desk.view(maker.make(request, caller.name())));
    }

    @POST
    @Consumes("text/csv")
    @RolesAllowed(Caller.TREASURER)
    public Response upload(String file, @QueryParam("title") String title, @QueryParam("token") String token,
        @QueryParam("policy") String policy, @QueryParam("openings") boolean openings,
        @QueryParam("message") String message, @QueryParam("release_at") String releaseAt,
        @QueryParam("expires_at") String expiresAt) {
        BatchRequest request = csv.parse(file,
            new BatchInput(title, token, policy, openings, message, releaseAt, expiresAt, null, null));
        return once.run(CREATED, file, () -> desk.view(maker.make(request, caller.name())));
    }

    @GET
    public ListView<BatchView> list(@QueryParam("state") String state,
        @QueryParam("limit") @DefaultValue("20") int limit, @QueryParam("starting_after") String startingAfter) {
        var inputs = new Inputs();
        Batch.State wanted = inputs.oneOf("state", Batch.State.class, state, null);
        inputs.refuseIfFaulty();
        return ListView.of(batches.list(wanted, new Page.Request(limit, startingAfter)), desk::summary);
    }

    @GET
    @Path("{id}")
    public BatchView get(@PathParam("id") String id) {
        return desk.view(batches.get(id));
    }

    /** In the batch's order, unlike other lists. */
    @GET
    @Path("{id}/payments")
    public ListView<PaymentView> payments(@PathParam("id") String id,
        @QueryParam("starting_after") @DefaultValue("-1") int startingAfter,
        @QueryParam("limit") @DefaultValue("20") int limit) {
        var page = new Page.Request(limit, null);
        return ListView.of(batches.payments(id, startingAfter, page.limit()), PaymentView::of);
    }

    @POST
    @Path("{id}/submit")
    @RolesAllowed(Caller.TREASURER)
    public Response submit(@PathParam("id") String id) {
        return once.run(OK, null, () -> desk.view(life.submit(id, caller.name())));
    }

    @POST
    @Path("{id}/approve")
    @RolesAllowed({Caller.APPROVER, Caller.TREASURER})
    public Response approve(@PathParam("id") String id) {
        return once.run(OK, null, () -> desk.view(life.approve(id, caller.name())));
    }

    @POST
    @Path("{id}/fund")
    @RolesAllowed(Caller.TREASURER)
    public Response fund(@PathParam("id") String id) {
        return once.run(OK, null, () -> desk.view(life.fund(id, caller.name())));
    }

    @POST
    @Path("{id}/cancel")
    @RolesAllowed(Caller.TREASURER)
    public Response cancel(@PathParam("id") String id) {
        return once.run(OK, null, () -> desk.view(life.cancel(id, caller.name())));
    }

    @POST
    @Path("{id}/retry")
    @RolesAllowed(Caller.TREASURER)
    public Response retry(@PathParam("id") String id) {
        return once.run(OK, null, () -> desk.view(life.retry(id, caller.name())));
    }
}
