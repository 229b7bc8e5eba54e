package dev.reprise.history;

import dev.reprise.core.event.HistoryEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page that goes back from an event: the latest events before it, of all those that came by so far. */
final class BackwardWindow extends PageWindow {

    /** The first event that is too late; null when none is. */
    private final @Nullable Long before;

    private final Deque<Placed> latest = new ArrayDeque<>();
    private long bytes;
    private boolean complete;

    BackwardWindow(HistoryQuery query, @Nullable Long before) {
        super(query);
        this.before = before;
    }

    @Override
    boolean wants(long event) {
        if (before == null) {
            return true;
        }
        complete |= event >= before;
        return !complete && event >= before - maxResults;
    }

    @Override
    void take(Placed event) {
        latest.addLast(event);
        bytes += event.bytes();
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
        Placed first = latest.peekFirst();
        return new HistoryPage(
                events,
                first != null && first.event().id() > 1
                        ? new PageToken(first.event().id(), true, first.place())
                        : null);
    }
}
