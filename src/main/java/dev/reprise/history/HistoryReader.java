package dev.reprise.history;

import dev.reprise.core.Entry;
import dev.reprise.core.ExecutionObserver;
import dev.reprise.core.Interpreter;
import dev.reprise.core.Outcome;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells an execution's history by replaying its journal. It is the same history however often the execution was suspended on the way, for a resume leaves no entry; and of an execution that runs, it
 * is what follows from the entries so far.
 *
 * <p>A page costs a replay up to its last event.
 */
public final class HistoryReader {

    /**
     * How many slices of work may follow from the last entry. Only a loop that waits for nothing comes so far: what would follow has not happened yet, and may never.
     */
    private static final int MOST_SLICES_AHEAD = 10_000;

    private final Function<@Nullable ExecutionObserver, Interpreter> begin;
    private final Iterator<Entry> entries;

    /**
     * Reads once.
     *
     * @param begin an interpreter that has not started, and shows its history to the observer; in slices of some 1,000 transitions
     * @param entries the journal from its beginning
     */
    public HistoryReader(Function<@Nullable ExecutionObserver, Interpreter> begin, Iterator<Entry> entries) {
        this.begin = begin;
        this.entries = entries;
    }

    /** The events that are wanted. */
    public HistoryPage page(HistoryQuery query) {
        PageWindow window = PageWindow.of(query);
        Interpreter interpreter = begin.apply(window);
        replay(interpreter, window::isComplete);
        return window.page();
    }

    /** How the execution ended; null when the entries lead to no end. */
    public @Nullable Outcome outcome() {
        Interpreter interpreter = begin.apply(null);
        replay(interpreter, () -> false);
        return interpreter.outcome();
    }

    private void replay(Interpreter interpreter, BooleanSupplier enough) {
        while (entries.hasNext()) {
            Entry next = entries.next();
            while (!enough.getAsBoolean() && interpreter.hasWorkBefore(next)) {
                interpreter.advanceTo(next);
            }
            if (enough.getAsBoolean()) {
                return;
            }
            interpreter.replay(next);
        }
        for (int ahead = 0; ahead < MOST_SLICES_AHEAD && interpreter.hasWork() && !enough.getAsBoolean(); ahead++) {
            interpreter.advance();
        }
    }
}
