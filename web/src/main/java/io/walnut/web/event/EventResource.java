package io.walnut.web.event;

import io.walnut.ejb.audit.EventRecord;
import io.walnut.ejb.audit.Journal;
import io.walnut.ejb.shared.Page;
import io.walnut.web.ListView;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

@Path("events")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class EventResource {
    @EJB
    private Journal journal;

    /** Oldest first, unlike other lists: events are read on and on. */
    @GET
    public ListView<EventView> list(@QueryParam("starting_after") @DefaultValue("0") long startingAfter,
        @QueryParam("limit") @DefaultValue("20") int limit) {
        var page = new Page.Request(limit, null);
        List<EventRecord> events = journal.after(startingAfter, page.limit() + 1);
        return ListView.of(Page.of(events, page.limit()), EventView::of);
    }
}
