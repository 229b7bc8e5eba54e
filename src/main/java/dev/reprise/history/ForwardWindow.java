package dev.reprise.history;

import java.util.ArrayList;
import java.util.List;

/** A page that goes on from an event: complete as soon as one comes that has no place in it. */
final class ForwardWindow extends PageWindow {

    private final long after;
    private final List<Placed> events = new ArrayList<>();
    private long bytes;
    private boolean complete;

    ForwardWindow(HistoryQuery query) {
        super(query);
        this.after = query.from() == null ? 0 : query.from().event();
    }

    @Override
    boolean wants(long event) {
        complete |= events.size() == maxResults || bytes > MOST_BYTES;
        return event > after && !complete;
    }

    @Override
    void take(Placed event) {
        bytes += event.bytes();
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
        Placed last = events.isEmpty() ? null : events.getLast();
        PageToken next = complete && last != null ? new PageToken(last.event().id(), false, last.place()) : null;
        return new HistoryPage(events.stream().map(Placed::event).toList(), next);
    }
}
