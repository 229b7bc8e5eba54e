package dev.reprise.journal;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.FencedException;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says that a segment is written when it is only about to be: it is written before the next request. So the journal
 * takes for durable what is not.
 */
public final class WriteBehind extends ForwardingStore {

    private record Waiting(ExecutionId id, Segment segment, UnitMeter meter) {}

    private @Nullable Waiting waiting;

    public WriteBehind(ExecutionStore store) {
        super(store);
    }

    @Override
    public ConditionalWrite<Segment> putSegment(ExecutionId id, Segment segment, UnitMeter meter) {
        if (segment.count() == 0) {
            return super.putSegment(id, segment, meter);
        }
        writeWhatWaits();
        waiting = new Waiting(id, segment, meter);
        return ConditionalWrite.made();
    }

    @Override
    protected <T> T request(String name, UnitMeter meter, Supplier<T> request) {
        writeWhatWaits();
        return super.request(name, meter, request);
    }

    private void writeWhatWaits() {
        Waiting now = waiting;
        if (now != null) {
            waiting = null;
            ConditionalWrite<Segment> put = super.putSegment(now.id(), now.segment(), now.meter());
            if (put instanceof ConditionalWrite.Refused(Segment taken)
                    && !taken.writer().equals(now.segment().writer())) {
                throw new FencedException(now.id(), "segment " + taken.number() + " was written by another journal");
            }
        }
    }
}
