package dev.reprise.history;

import dev.reprise.core.Interpreter;
import dev.reprise.execution.Entry;
import dev.reprise.history.ReplaySource.Checkpoint;
import dev.reprise.history.ReplaySource.Replay;
import org.jspecify.annotations.Nullable;

/** A replay, step by step: an entry, or a slice of the work that follows from one. */
final class ReplayWork {

    /**
     * How many slices of work may follow from the last entry. Only a loop that waits for nothing comes so far: what
     * would follow has not happened yet, and may never.
     */
    private static final int MOST_SLICES_AHEAD = 10_000;

    private final ReplaySource source;
    private final Replay replay;

    /** Was read, and is not taken in yet. */
    private @Nullable Entry next;

    private long place;
    private int ahead;

    ReplayWork(ReplaySource source, Checkpoint from, Replay replay) {
        this.source = source;
        this.replay = replay;
        this.place = from.place();
    }

    Interpreter interpreter() {
        return replay.interpreter();
    }

    /** Where to look for a checkpoint before what was done last. */
    long place() {
        return place;
    }

    /** Does all that is left. */
    void toItsEnd() {
        while (step()) {
            // One step after the other.
        }
    }

    /** Goes on; false when nothing is left to do. */
    boolean step() {
        Interpreter interpreter = replay.interpreter();
        if (next == null && replay.entries().hasNext()) {
            next = replay.entries().next();
        }
        Entry entry = next;
        if (entry == null) {
            if (ahead >= MOST_SLICES_AHEAD || !interpreter.hasWork()) {
                return false;
            }
            ahead++;
            interpreter.advance();
        } else if (interpreter.hasWorkBefore(entry)) {
            interpreter.advanceTo(entry);
        } else {
            place = replay.entries().place();
            source.supply(interpreter, entry);
            interpreter.replay(entry);
            next = null;
        }
        return true;
    }
}
