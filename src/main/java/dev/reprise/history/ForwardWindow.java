package dev.reprise.history;

import dev.reprise.core.HistoryEvent;
import java.util.ArrayList;
import java.util.List;

/** A page that goes on from an event: complete as soon as one comes that has no place in it. */
final class ForwardWindow extends PageWindow {

    private final long after;
    private final List<HistoryEvent> events = new ArrayList<>();
    private long bytes;
    private boolean complete;

    ForwardWindow(HistoryQuery query) {
        super(query);
        this.after = query.from() == null ? 0 : query.from().event();
    }

    @Override
    public boolean sees(long event) {
        complete |= events.size() == maxResults || bytes > MOST_BYTES;
        return event > after && !complete;
    }

    @Override
    void take(HistoryEvent event, long size) {
        bytes += size;
        if (bytes > MOST_BYTES && !events.isEmpty()) {
            complete = true;
        } else {
            events.add(event);
        }
    }

    @Override
    boolean isComplete() {
        return complete;
    }

    @Override
    HistoryPage page() {
        return new HistoryPage(
                events, complete ? new PageToken(events.get(events.size() - 1).id(), false) : null);
    }
}
