package dev.reprise.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Interpreter;
import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.execution.Entry;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * An execution's journal as its history is read off it: where a replay may begin, and what comes from there on. A
 * <em>place</em> in it is a number that grows with the journal, such as a segment's.
 */
public interface ReplaySource {

    /**
     * The latest state that stands at a place or before it.
     *
     * @param place at least 0; {@link Long#MAX_VALUE} for the end of the journal
     * @return {@link Checkpoint#START} when there is none
     */
    Checkpoint latest(long place);

    /**
     * The number of the last event, as far as it is known without a replay; 0 when it is not. It only saves work: a
     * wrong one gives the same events.
     */
    default long lastEvent() {
        return 0;
    }

    /** Whether there may be more than one replay. */
    default boolean isRepeatable() {
        return true;
    }

    /**
     * A replay that goes on from there.
     *
     * @param observer is shown the events from there on; null when nobody wants them
     */
    Replay replay(Checkpoint from, @Nullable ExecutionObserver observer);

    /**
     * Puts the items of a data set in place that was read, where {@code next} tells of it and is about to be taken in
     * ({@link Interpreter#readBefore}). Nothing needs to be done where they are at hand.
     */
    default void supply(Interpreter interpreter, Entry next) {}

    /**
     * The interpreter's state at a place.
     *
     * @param lastEvent the number of the last event before it
     * @param position of the last entry that it knows of
     * @param state null at the start
     */
    record Checkpoint(
            long place,
            long position,
            long lastEvent,
            @Nullable JsonNode state) {

        /** Before the first entry. */
        public static final Checkpoint START = new Checkpoint(0, 1, 0, null);

        boolean isStart() {
            return state == null;
        }
    }

    /** An interpreter at a checkpoint, and the entries that come next. */
    record Replay(Interpreter interpreter, PlacedEntries entries) {}

    /** Entries, read as they are asked for. */
    interface PlacedEntries extends Iterator<Entry> {

        /**
         * Where to look for a {@link Checkpoint} from which a replay would come by the entry that was given last: all
         * at that place or before it stand before that entry.
         */
        long place();
    }
}
