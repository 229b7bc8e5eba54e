package dev.reprise.journal;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.UnitMeter;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks after each change of a head whether the {@link DueInvariant} holds of it. */
public final class AlwaysDue extends ForwardingStore {

    private final ExecutionStore store;

    /** @param store what is looked at */
    public AlwaysDue(ExecutionStore store) {
        super(store);
        this.store = store;
    }

    @Override
    protected ConditionalWrite<Head> headChange(
            String name, ExecutionId id, UnitMeter meter, Supplier<ConditionalWrite<Head>> request) {
        ConditionalWrite<Head> answer = super.headChange(name, id, meter, request);
        if (answer instanceof ConditionalWrite.Made) {
            require(id, DueInvariant.violated(store, id));
        }
        return answer;
    }

    @Override
    public ConditionalWrite<Head> countInbox(
            ExecutionId id, int redrives, boolean leased, Instant now, UnitMeter meter) {
        ConditionalWrite<Head> change = super.countInbox(id, redrives, leased, now, meter);
        if (change instanceof ConditionalWrite.Made) {
            require(id, DueInvariant.violatedByInbox(store, id));
        }
        return change;
    }

    private static void require(ExecutionId id, @Nullable String violation) {
        if (violation != null) {
            throw new AssertionError(id + " " + violation);
        }
    }
}
