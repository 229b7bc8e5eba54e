package dev.reprise.history;

import dev.reprise.core.event.HistoryEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a history.
 *
 * @param events in the order that was asked for
 * @param next where the next page begins; null on the last
 */
public record HistoryPage(
        List<HistoryEvent> events, @Nullable PageToken next) {

    /** A page ends early rather than hold more data than this: Lambda's answers are bounded, and so is its memory. */
    static final long MOST_BYTES = 2_000_000;

    public HistoryPage {
        events = List.copyOf(events);
    }
}
