package dev.reprise.journal.store;

import org.jspecify.annotations.Nullable;

/**
 * Large values, snapshots and definitions, cut into chunks. A part of an {@link ExecutionStore}, which says what holds
 * for every method.
 */
public interface ChunkStore {

    /** Puts a chunk, replacing one of that name and index: a name stands for one content. */
    void putChunk(String partition, Chunk chunk, UnitMeter meter);

    /**
     * A value's chunks in order, about 1 MB of them, from index {@code from}; its {@code next} is the index to go on
     * from.
     */
    Page<Chunk> readChunks(String partition, String name, int from, UnitMeter meter);

    /**
     * The last chunk of the last name that begins with {@code prefix} and comes before {@code before}.
     *
     * @return null when there is none
     */
    @Nullable
    Chunk readLastChunk(String partition, String prefix, String before, UnitMeter meter);
}
