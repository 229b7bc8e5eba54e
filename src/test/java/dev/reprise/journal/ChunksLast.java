package dev.reprise.journal;

import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.ForwardingStore;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.UnitMeter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the chunks of a large value after what names it, instead of before: with the request that comes next. */
public final class ChunksLast extends ForwardingStore {

    private record Waiting(String partition, Chunk chunk, UnitMeter meter) {}

    /** For what is about to be written. */
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** Named by what is written. */
    private final Deque<Waiting> named = new ArrayDeque<>();

    public ChunksLast(ExecutionStore store) {
        super(store);
    }

    @Override
    public void putChunk(String partition, Chunk chunk, UnitMeter meter) {
        if (chunk.name().startsWith(JournalTable.BLOB)) {
            waiting.add(new Waiting(partition, chunk, meter));
        } else {
            super.putChunk(partition, chunk, meter);
        }
    }

    @Override
    protected <T extends @Nullable Object> T request(String name, UnitMeter meter, Supplier<T> request) {
        for (Waiting next = named.poll(); next != null; next = named.poll()) {
            super.putChunk(next.partition(), next.chunk(), next.meter());
        }
        T answer = super.request(name, meter, request);
        named.addAll(waiting);
        waiting.clear();
        return answer;
    }
}
