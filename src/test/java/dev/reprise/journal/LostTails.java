package dev.reprise.journal;

import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.Ending;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.UnitMeter;
import java.util.Objects;

/** Ends executions without the last entries, which tell why. To see who notices. */
public final class LostTails extends ForwardingStore {

    public LostTails(ExecutionStore store) {
        super(store);
    }

    @Override
    public ConditionalWrite<Head> close(Head closed, UnitMeter meter) {
        Ending end = Objects.requireNonNull(closed.ending());
        return super.close(
                new Head(
                        closed.id(),
                        closed.beginning(),
                        closed.status(),
                        closed.writer(),
                        closed.lease(),
                        closed.dueAt(),
                        closed.inbox(),
                        closed.resumes(),
                        closed.progress(),
                        closed.redrive(),
                        new Ending(
                                end.status(), end.stoppedAt(), end.result(), end.unsettled(), null, end.lastEvent())),
                meter);
    }
}
