package dev.reprise.journal;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Progress;
import dev.reprise.journal.store.UnitMeter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Has a journal take its own start, suspension or end, which stands there because the answer to an earlier request was
 * lost, for somebody else's.
 */
public final class NobodysHeads extends ForwardingStore {

    public NobodysHeads(ExecutionStore store) {
        super(store);
    }

    @Override
    public ConditionalWrite<Head> createHead(Head head, Instant now, UnitMeter meter) {
        ConditionalWrite<Head> change = super.createHead(head, now, meter);
        return change instanceof ConditionalWrite.Refused(Head current)
                        && current != null
                        && current.writer().equals(head.writer())
                ? new ConditionalWrite.Refused<>(nobodys(current))
                : change;
    }

    @Override
    public ConditionalWrite<Head> suspend(
            ExecutionId id,
            String writer,
            @Nullable Instant wakeAt,
            long inboxSeen,
            Progress progress,
            UnitMeter meter) {
        return givenUpByNobody(super.suspend(id, writer, wakeAt, inboxSeen, progress, meter), writer);
    }

    @Override
    public ConditionalWrite<Head> close(Head closed, UnitMeter meter) {
        return givenUpByNobody(super.close(closed, meter), closed.writer());
    }

    private static ConditionalWrite<Head> givenUpByNobody(ConditionalWrite<Head> change, String writer) {
        return change instanceof ConditionalWrite.Refused(Head current)
                        && current != null
                        && current.writer().equals(writer)
                        && current.lease() == null
                ? new ConditionalWrite.Refused<>(nobodys(current))
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
