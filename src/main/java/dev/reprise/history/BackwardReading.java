package dev.reprise.history;

import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.history.ReplaySource.Checkpoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events before one, the latest of them first, told by one replay: as many as are held in memory, which is enough
 * for many pages. A reader who asks for the page before takes them from here.
 */
final class BackwardReading {

    /** Held at most. Who reads on pays one replay for each so many. */
    static final int MOST_EVENTS = 100_000;

    private final Deque<Told> told = new ArrayDeque<>();
    private final int most;
    private final boolean withData;
    private final boolean reachesTheEnd;
    private long bytes;

    /**
     * @param from a checkpoint before them
     * @param first no event before this one is told
     * @param before the first event that is too late; {@link Long#MAX_VALUE} when none is
     * @param most so many events are held, at most
     * @param withData {@link HistoryQuery#includeExecutionData}
     */
    BackwardReading(ReplaySource source, Checkpoint from, long first, long before, int most, boolean withData) {
        this.most = most;
        this.withData = withData;
        Observer observer = new Observer(first, before);
        ReplayWork work = new ReplayWork(source, from, source.replay(from, observer));
        observer.work = work;
        while (!observer.complete && work.step()) {
            // What it tells is held.
        }
        reachesTheEnd = observer.complete || work.interpreter().outcome() != null;
    }

    private final class Observer implements ExecutionObserver {

        private final long first;
        private final long before;
        private boolean complete;
        private @Nullable ReplayWork work;

        Observer(long first, long before) {
            this.first = first;
            this.before = before;
        }

        @Override
        public boolean sees(long event) {
            complete |= event >= before;
            return !complete && event >= first;
        }

        @Override
        public void on(HistoryEvent event) {
            hold(Told.of(withData ? event : event.withoutData(), work == null ? 0 : work.place()));
        }
    }

    private void hold(Told event) {
        told.addLast(event);
        bytes += event.bytes();
        while (told.size() > most || (bytes > Told.MOST_HELD_BYTES && told.size() > 1)) {
            bytes -= told.removeFirst().bytes();
        }
    }

    boolean reachesTheEnd() {
        return reachesTheEnd;
    }

    /** Whether the last page can be told as full as is asked for, or as a page can be. */
    boolean holdsLastPage(HistoryQuery query) {
        Told last = told.peekLast();
        return last != null && holdsPageBefore(last.event().id() + 1, query);
    }

    /** Whether a page before that event can be told as full as is asked for, or as a page can be. */
    boolean holdsPageBefore(long event, HistoryQuery query) {
        Told first = told.peekFirst();
        Told last = told.peekLast();
        return first != null
                && withData == query.includeExecutionData()
                && last.event().id() == event - 1
                && (first.event().id() == 1
                        || first.event().id() <= event - query.maxResults()
                        || bytes > HistoryPage.MOST_BYTES);
    }

    /** The latest of the events that are held; they are held no longer. */
    HistoryPage page(HistoryQuery query) {
        List<HistoryEvent> events = new ArrayList<>();
        long size = 0;
        Told first = null;
        for (Iterator<Told> latest = told.descendingIterator();
                latest.hasNext() && events.size() < query.maxResults(); ) {
            Told next = latest.next();
            size += next.bytes();
            if (size > HistoryPage.MOST_BYTES && !events.isEmpty()) {
                break;
            }
            events.add(next.event());
            first = next;
        }
        for (int i = 0; i < events.size(); i++) {
            bytes -= told.removeLast().bytes();
        }
        return new HistoryPage(
                events,
                first != null && first.event().id() > 1
                        ? new PageToken(first.event().id(), true, first.place())
                        : null);
    }
}
