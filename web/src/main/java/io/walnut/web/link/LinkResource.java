package io.walnut.web.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.walnut.ejb.audit.Journal;
import io.walnut.ejb.link.LinkStore;
import io.walnut.ejb.link.PaymentLink;
import io.walnut.ejb.mail.MailOutbox;
import io.walnut.ejb.receipt.ReceiptDesk;
import io.walnut.ejb.relay.Reclaim;
import io.walnut.ejb.shared.Page;
import io.walnut.ejb.treasury.LinkReveal;
import io.walnut.web.Caller;
import io.walnut.web.Inputs;
import io.walnut.web.ListView;
import io.walnut.web.PortalAddress;
import io.walnut.web.event.EventView;
import io.walnut.web.idempotency.Once;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

@Path("links")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class LinkResource {
    private static final int ACCEPTED = 202;

    @EJB
    private LinkStore links;
    @EJB
    private LinkReveal reveal;
    @EJB
    private Reclaim reclaim;
    @EJB
    private MailOutbox mail;
    @EJB
    private ReceiptDesk receipts;
    @EJB
    private Journal journal;
    @Inject
    private Caller caller;
    @Inject
    private PortalAddress portal;
    @Inject
    private Once once;

    /** @param url with everything that is needed to claim in its fragment */
    public record Revealed(String url) {
        @Override
        public String toString() {
            return "Revealed[redacted]";
        }
    }

    @GET
    public ListView<LinkView> list(@QueryParam("batch") String batch, @QueryParam("state") String state,
        @QueryParam("query") String query, @QueryParam("limit") @DefaultValue("20") int limit,
        @QueryParam("starting_after") String startingAfter) {
        var inputs = new Inputs();
        PaymentLink.State wanted = inputs.oneOf("state", PaymentLink.State.class, state, null);
        inputs.refuseIfFaulty();
        return ListView.of(links.list(new LinkStore.Filter(batch, wanted, query),
            new Page.Request(limit, startingAfter)), link -> LinkView.of(link, null, null));
    }

    @GET
    @Path("{id}")
    public LinkView get(@PathParam("id") String id) {
        return view(links.get(id));
    }

    /** Not kept for an Idempotency-Key: the answer is a secret, and asking again does no harm. */
    @POST
    @Path("{id}/reveal")
    @RolesAllowed(Caller.TREASURER)
    public Response reveal(@PathParam("id") String id) {
        var noStore = new CacheControl();
        noStore.setNoStore(true);
        return Response.ok(new Revealed(portal.claimPage() + '#' + reveal.reveal(id, caller.name())))
            .cacheControl(noStore).build();
    }

    /** A GET that is written down: a file to download, whose making ties the payment to its deposit for its reader. */
    @GET
    @Path("{id}/receipt")
    @RolesAllowed({Caller.TREASURER, Caller.AUDITOR})
    public Response receipt(@PathParam("id") String id) {
        var noStore = new CacheControl();
        noStore.setNoStore(true);
        return Response.ok(receipts.issue(id, caller.name())).cacheControl(noStore)
            .header("Content-Disposition", "attachment; filename=\"receipt-" + id + ".json\"").build();
    }

    @POST
    @Path("{id}/cancel")
    @RolesAllowed(Caller.TREASURER)
    public Response cancel(@PathParam("id") String id) {
        return once.run(200, null, () -> view(reclaim.cancel(id, caller.name())));
    }

    /** @param body may be empty: the link then goes to its stored address */
    @POST
    @Path("{id}/send")
    @RolesAllowed(Caller.TREASURER)
    public Response send(@PathParam("id") String id, String body) throws JsonProcessingException {
        LinkMailInput input = LinkMailInput.parse(body);
        return once.run(ACCEPTED, input, () -> LinkMailView.of(mail.enqueue(id, input.checked(), caller.name())));
    }

    private LinkView view(PaymentLink link) {
        return LinkView.of(link, links.notesOfLink(link.id()).stream().map(LinkView.NoteView::of).toList(),
            journal.timeline(link.id()).stream().map(EventView::of).toList());
    }
}
