package io.walnut.web.event;

import io.walnut.ejb.audit.EventRecord;
import io.walnut.ejb.audit.Journal;
import io.walnut.ejb.shared.Page;
import io.walnut.ejb.shared.Refusal;
import io.walnut.web.Caller;
import io.walnut.web.ListView;
import io.walnut.web.json.Json;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.nio.charset.StandardCharsets;
import java.util.List;

@Path("events")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class EventResource {
    private static final int EXPORTED_AT_ONCE = 500;

    @EJB
    private Journal journal;
    @Inject
    private EventStreams streams;

    /** @param firstBroken the first place where the chain of hashes does not hold; null when it holds */
    public record Verified(boolean intact, Long firstBroken) {
    }

    /** Oldest first, unlike other lists: events are read on and on. */
    @GET
    public ListView<EventView> list(@QueryParam("starting_after") @DefaultValue("0") long startingAfter,
        @QueryParam("limit") @DefaultValue("20") int limit) {
        var page = new Page.Request(limit, null);
        List<EventRecord> events = journal.after(startingAfter, page.limit() + 1);
        return ListView.of(Page.of(events, page.limit()), EventView::of);
    }

    /** All that is new from now on, or, with {@code Last-Event-ID}, from there on. */
    @GET
    @Path("stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void stream(@HeaderParam("Last-Event-ID") String last, @Context SseEventSink sink, @Context Sse sse) {
        streams.add(sink, sse, last == null ? journal.last() : position(last));
    }

    /** The whole audit log, one JSON object a line, for keeping elsewhere. */
    @GET
    @Path("export")
    @Produces("application/x-ndjson")
    @RolesAllowed(Caller.AUDITOR)
    public StreamingOutput export() {
        return out -> {
            long position = 0;
            List<EventRecord> events;
            while (!(events = journal.after(position, EXPORTED_AT_ONCE)).isEmpty()) {
                for (EventRecord event : events) {
                    out.write((Json.write(EventView.of(event)) + '\n').getBytes(StandardCharsets.UTF_8));
                    position = event.position();
                }
            }
        };
    }

    /** Whether no event was changed or taken out since it was written. */
    @GET
    @Path("verify")
    @RolesAllowed(Caller.AUDITOR)
    public Verified verify() {
        return journal.firstBroken().map(at -> new Verified(false, at)).orElseGet(() -> new Verified(true, null));
    }

    private static long position(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw Refusal.invalid("Last-Event-ID", "must be an event's id");
        }
    }
}
