package dev.reprise.journal;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;

/**
 * Has a journal take its own segment, which stands there because the answer to an earlier request was lost, for
 * somebody else's.
 */
public final class NobodysWrites extends ForwardingStore {

    public NobodysWrites(ExecutionStore store) {
        super(store);
    }

    @Override
    public ConditionalWrite<Segment> putSegment(ExecutionId id, Segment segment, UnitMeter meter) {
        return super.putSegment(id, segment, meter)
                .map(taken -> new Segment(
                        taken.number(), "nobody", taken.first(), taken.count(), taken.resume(), taken.body()));
    }
}
