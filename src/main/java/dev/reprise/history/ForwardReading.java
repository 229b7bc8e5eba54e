package dev.reprise.history;

import dev.reprise.core.Interpreter;
import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.history.ReplaySource.Checkpoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A replay that gives one page after the other. Between two of them it stands where the last one ended, so a reader who
 * asks for the next page takes it up there.
 */
final class ForwardReading {

    /**
     * What one step of the replay tells may be more than a page has room for, such as the end of a Map of many open
     * items. With more events left over than this, or more data, it is not worth to be kept.
     */
    private static final int MOST_LEFT_OVER = 100_000;

    private final ReplayWork work;

    /** Told by the replay, and in no page yet. */
    private final Deque<Told> told = new ArrayDeque<>();

    private long bytesLeftOver;

    /** The last event of the pages so far. */
    private long last;

    /**
     * @param from a checkpoint before the first page
     * @param after the last event that the pages are not to tell
     */
    ForwardReading(ReplaySource source, Checkpoint from, long after) {
        this.last = after;
        this.work = new ReplayWork(source, from, source.replay(from, new ExecutionObserver() {
            @Override
            public void on(HistoryEvent event) {
                Told next = Told.of(event, placeNow());
                told.add(next);
                bytesLeftOver += next.bytes();
            }

            @Override
            public boolean sees(long event) {
                return event > after;
            }
        }));
    }

    private long placeNow() {
        return work.place();
    }

    /** Whether the next page is the one that comes after that event. */
    boolean standsAfter(long event) {
        return last == event;
    }

    boolean isWorthKeeping() {
        return told.size() <= MOST_LEFT_OVER && bytesLeftOver <= Told.MOST_HELD_BYTES;
    }

    /** The next page. */
    HistoryPage page(HistoryQuery query) {
        List<HistoryEvent> events = new ArrayList<>();
        long bytes = 0;
        long place = work.place();
        while (true) {
            for (Told next = told.peek(); next != null; next = told.peek()) {
                Told shown = query.includeExecutionData() ? next : next.withoutData();
                bytes += shown.bytes();
                boolean hasRoom =
                        events.isEmpty() || (events.size() < query.maxResults() && bytes <= HistoryPage.MOST_BYTES);
                if (!hasRoom) {
                    return new HistoryPage(events, new PageToken(last, false, place));
                }
                events.add(shown.event());
                last = shown.event().id();
                place = next.place();
                told.remove();
                bytesLeftOver -= next.bytes();
            }
            if (!work.step()) {
                return new HistoryPage(events, null);
            }
        }
    }

    /** Where the replay stands. */
    Interpreter interpreter() {
        return work.interpreter();
    }
}
