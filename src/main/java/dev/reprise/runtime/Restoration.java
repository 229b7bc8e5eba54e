package dev.reprise.runtime;

import dev.reprise.core.Interpreter;
import dev.reprise.execution.Entry;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Brings an interpreter back to where its execution was: it is given the entries that the interpreter does not know
 * yet, all durable, one by one.
 */
public final class Restoration implements Consumer<Entry> {

    private final Interpreter interpreter;
    private final ReadItems items;
    private boolean empty = true;
    private Instant last;

    /** @param items what was read for the execution, as far as the interpreter knows of it */
    public Restoration(Interpreter interpreter, ReadItems items) {
        this.interpreter = interpreter;
        this.items = items;
        this.last = interpreter.time();
    }

    /**
     * Has the interpreter apply an entry.
     *
     * @throws dev.reprise.dataset.DataSetException when a data set that was read cannot be read again: the interpreter
     *     then stands before the entry that tells of it
     */
    @Override
    public void accept(Entry entry) {
        empty = false;
        last = entry.at();
        workUpTo(interpreter, entry);
        items.supply(interpreter, entry);
        interpreter.replay(entry);
    }

    /** Whether there was no entry. */
    public boolean isEmpty() {
        return empty;
    }

    /** When the entry was that came last, taken in or not; that of the interpreter's last one before there was any. */
    public Instant last() {
        return last;
    }

    /** Works out what the interpreter had worked out when the entry came. */
    static void workUpTo(Interpreter interpreter, Entry next) {
        while (interpreter.hasWorkBefore(next)) {
            interpreter.advanceTo(next);
        }
    }
}
