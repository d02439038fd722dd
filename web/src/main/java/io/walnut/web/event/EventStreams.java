package io.walnut.web.event;

import io.walnut.ejb.audit.EventRecord;
import io.walnut.ejb.audit.Journal;
import io.walnut.ejb.metrics.Meters;
import io.walnut.ejb.shared.Refusal;
import io.walnut.web.json.Json;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who listen to events at this node, and where each of them is. */
@ApplicationScoped
public class EventStreams {
    private static final int MOST_LISTENERS = 200;
    private static final int AT_ONCE = 100;
    /** How often a listener hears something, so that both ends notice when the line is cut. */
    private static final int QUIET_PUMPS = 10;

    @EJB
    private Journal journal;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private static final class Listener {
        private final SseEventSink sink;
        private final Sse sse;
        private long last;
        private int quiet;

        Listener(SseEventSink sink, Sse sse, long last) {
            this.sink = sink;
            this.sse = sse;
            this.last = last;
        }

        /** A comment: not an event, and so without an id. */
        void greet() {
            sink.send(sse.newEventBuilder().comment("listening").build());
            quiet = 0;
        }
    }

    /** @param after the place of the last event that is known already */
    void add(SseEventSink sink, Sse sse, long after) {
        if (listeners.size() >= MOST_LISTENERS) {
            throw Refusal.of(Refusal.Kind.UNAVAILABLE, "too_many_listeners", "Too many listen already; try later.");
        }
        var listener = new Listener(sink, sse, after);
        listener.greet();
        listeners.add(listener);
    }

    /** Sends everybody what is new for them. */
    void pump() {
        for (Listener listener : listeners) {
            if (listener.sink.isClosed()) {
                listeners.remove(listener);
                continue;
            }
            try {
                pump(listener);
            } catch (IllegalStateException e) {
                // It was closed meanwhile; the others go on listening.
                listeners.remove(listener);
            }
        }
        Meters.listeners(listeners.size());
    }

    private void pump(Listener listener) {
        for (EventRecord event : journal.after(listener.last, AT_ONCE)) {
            OutboundSseEvent sent = listener.sse.newEventBuilder().id(Long.toString(event.position()))
                .name(event.type()).data(String.class, Json.write(EventView.of(event))).build();
            listener.sink.send(sent);
            listener.last = event.position();
            listener.quiet = 0;
        }
        if (++listener.quiet >= QUIET_PUMPS) {
            listener.greet();
        }
    }
}
