package dev.reprise.history;

import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.execution.JsonSize;

/**
 * Picks the events of one page while a replay passes them by. It holds no more than these, however long the history is.
 */
abstract sealed class PageWindow implements ExecutionObserver permits ForwardWindow, BackwardWindow {

    /** A page ends early rather than hold more data than this: Lambda's answers are bounded, and so is its memory. */
    static final long MOST_BYTES = 2_000_000;

    final int maxResults;
    private final boolean includeExecutionData;
    private long place;
    private long lastSeen;

    PageWindow(HistoryQuery query) {
        this.maxResults = query.maxResults();
        this.includeExecutionData = query.includeExecutionData();
    }

    static PageWindow of(HistoryQuery query) {
        return query.reverseOrder()
                ? new BackwardWindow(
                        query, query.from() == null ? null : query.from().event())
                : new ForwardWindow(query);
    }

    /** A page of the latest events before that one. */
    static PageWindow backward(HistoryQuery query, long before) {
        return new BackwardWindow(query, before);
    }

    /** The events that come now follow from an entry at that place. */
    final void comesTo(long newPlace) {
        place = newPlace;
    }

    /** The events that come now follow that one. */
    final void lastSeen(long event) {
        lastSeen = event;
    }

    /** Number of the last event that came by. */
    final long lastSeen() {
        return lastSeen;
    }

    @Override
    public final boolean sees(long event) {
        lastSeen = event;
        return wants(event);
    }

    /** Whether the event belongs into the page. */
    abstract boolean wants(long event);

    @Override
    public final void on(HistoryEvent event) {
        HistoryEvent shown = includeExecutionData ? event : event.withoutData();
        take(new Placed(shown, JsonSize.of(shown.details()), place));
    }

    /**
     * An event that the window wants.
     *
     * @param bytes about the size of what it tells
     * @param place of the entry that it follows from
     */
    record Placed(HistoryEvent event, long bytes, long place) {}

    /** The next event that the window wants. */
    abstract void take(Placed event);

    /** Whether no later event can change the page. */
    abstract boolean isComplete();

    abstract HistoryPage page();
}
