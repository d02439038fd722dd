package io.walnut.web.event;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

@Singleton
public class EventStreamTimer {
    @Inject
    private EventStreams streams;

    @Schedule(second = "*", minute = "*", hour = "*", persistent = false)
    void pump() {
        streams.pump();
    }
}
