package dev.reprise.history;

import dev.reprise.core.event.HistoryEvent;
import dev.reprise.execution.JsonSize;

/**
 * An event that a replay has told.
 *
 * @param bytes of its details
 * @param place of the entry that it follows from
 */
record Told(HistoryEvent event, long bytes, long place) {

    /** The data of events that are held for whoever reads on, at most. */
    static final long MOST_HELD_BYTES = 32_000_000;

    static Told of(HistoryEvent event, long place) {
        return new Told(event, JsonSize.of(event.details()), place);
    }

    /** The same as somebody is shown it who wants none of the workflow's own data. */
    Told withoutData() {
        return of(event.withoutData(), place);
    }
}
