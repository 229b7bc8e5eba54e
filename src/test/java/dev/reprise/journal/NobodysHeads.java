package dev.reprise.journal;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.HeadChange;
import dev.reprise.journal.store.Progress;
import dev.reprise.journal.store.UnitMeter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Has a journal take its own start, suspension or end, which stands there because the answer to an earlier request was lost, for somebody else's. */
public final class NobodysHeads extends ForwardingStore {

    public NobodysHeads(ExecutionStore store) {
        super(store);
    }

    @Override
    public HeadChange createHead(Head head, Instant now, UnitMeter meter) {
        HeadChange change = super.createHead(head, now, meter);
        return change instanceof HeadChange.Refused(Head current)
                        && current != null
                        && current.writer().equals(head.writer())
                ? new HeadChange.Refused(nobodys(current))
                : change;
    }

    @Override
    public HeadChange suspend(
            ExecutionId id,
            String writer,
            @Nullable Instant wakeAt,
            long inboxSeen,
            Progress progress,
            UnitMeter meter) {
        return givenUpByNobody(super.suspend(id, writer, wakeAt, inboxSeen, progress, meter), writer);
    }

    @Override
    public HeadChange close(Head closed, UnitMeter meter) {
        return givenUpByNobody(super.close(closed, meter), closed.writer());
    }

    private static HeadChange givenUpByNobody(HeadChange change, String writer) {
        return change instanceof HeadChange.Refused(Head current)
                        && current != null
                        && current.writer().equals(writer)
                        && current.lease() == null
                ? new HeadChange.Refused(nobodys(current))
                : change;
    }

    private static Head nobodys(Head head) {
        return new Head(
                head.id(),
                head.beginning(),
                head.status(),
                "nobody",
                head.lease(),
                head.dueAt(),
                head.inbox(),
                head.resumes(),
                head.progress(),
                head.redrive(),
                head.ending());
    }
}
