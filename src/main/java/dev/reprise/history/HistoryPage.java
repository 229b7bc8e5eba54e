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

    public HistoryPage {
        events = List.copyOf(events);
    }
}
