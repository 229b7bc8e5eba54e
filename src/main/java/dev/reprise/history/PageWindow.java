package dev.reprise.history;

import dev.reprise.core.ExecutionObserver;
import dev.reprise.core.HistoryEvent;
import dev.reprise.core.JsonSize;

/** Picks the events of one page while a replay passes them by. It holds no more than these, however long the history is. */
abstract sealed class PageWindow implements ExecutionObserver permits ForwardWindow, BackwardWindow {

    /** A page ends early rather than hold more data than this: Lambda's answers are bounded, and so is its memory. */
    static final long MOST_BYTES = 2_000_000;

    final int maxResults;
    private final boolean includeExecutionData;

    PageWindow(HistoryQuery query) {
        this.maxResults = query.maxResults();
        this.includeExecutionData = query.includeExecutionData();
    }

    static PageWindow of(HistoryQuery query) {
        return query.reverseOrder() ? new BackwardWindow(query) : new ForwardWindow(query);
    }

    @Override
    public final void on(HistoryEvent event) {
        HistoryEvent shown = includeExecutionData ? event : event.withoutData();
        take(shown, JsonSize.of(shown.details()));
    }

    /** The next event that the window {@linkplain #sees wants}. */
    abstract void take(HistoryEvent event, long bytes);

    /** Whether no later event can change the page. */
    abstract boolean isComplete();

    abstract HistoryPage page();
}
