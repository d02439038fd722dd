package io.walnut.web.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.walnut.contracts.Bytes32;
import io.walnut.ejb.audit.EventRecord;
import io.walnut.web.json.Json;
import java.time.Instant;

/** Something that happened, as the API shows it. @param id, hash its place in the audit chain; null in its first second */
public record EventView(Long id, String object, String type, Instant occurredAt, String actor, String subject,
    JsonNode data, Bytes32 hash) {
    public static EventView of(EventRecord event) {
        return new EventView(event.position(), "event", event.type(), event.occurredAt(), event.actor(),
            event.subject(), Json.tree(event.data()), event.hash());
    }
}
