package dev.reprise.history;

import dev.reprise.core.HistoryEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page that goes back from an event: the latest events before it, of all those that came by so far. */
final class BackwardWindow extends PageWindow {

    private record Kept(HistoryEvent event, long bytes) {}

    /** The first event that is too late; null when none is. */
    private final @Nullable Long before;

    private final Deque<Kept> latest = new ArrayDeque<>();
    private long bytes;
    private boolean complete;

    BackwardWindow(HistoryQuery query) {
        super(query);
        this.before = query.from() == null ? null : query.from().event();
    }

    @Override
    public boolean sees(long event) {
        if (before == null) {
            return true;
        }
        complete = event >= before;
        return !complete && event >= before - maxResults;
    }

    @Override
    void take(HistoryEvent event, long size) {
        latest.addLast(new Kept(event, size));
        bytes += size;
        while (latest.size() > maxResults || (bytes > MOST_BYTES && latest.size() > 1)) {
            bytes -= latest.removeFirst().bytes();
        }
    }

    @Override
    boolean isComplete() {
        return complete;
    }

    @Override
    HistoryPage page() {
        List<HistoryEvent> events = new ArrayList<>();
        latest.descendingIterator().forEachRemaining(kept -> events.add(kept.event()));
        boolean more = !events.isEmpty() && events.get(events.size() - 1).id() > 1;
        return new HistoryPage(
                events, more ? new PageToken(events.get(events.size() - 1).id(), true) : null);
    }
}
