package dev.reprise.runtime;

import dev.reprise.core.Interpreter;
import dev.reprise.execution.Entry;
import java.util.function.Consumer;

/**
 * Brings an interpreter back to where its execution was: it is given the entries that the interpreter does not know yet,
 * all durable, one by one.
 */
public final class Restoration implements Consumer<Entry> {

    private final Interpreter interpreter;
    private final ReadItems items;
    private boolean empty = true;

    /** @param items what was read for the execution, as far as the interpreter knows of it */
    public Restoration(Interpreter interpreter, ReadItems items) {
        this.interpreter = interpreter;
        this.items = items;
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
        workUpTo(interpreter, entry);
        items.supply(interpreter, entry);
        interpreter.replay(entry);
    }

    /** Whether there was no entry. */
    public boolean isEmpty() {
        return empty;
    }

    /** Works out what the interpreter had worked out when the entry came. */
    static void workUpTo(Interpreter interpreter, Entry next) {
        while (interpreter.hasWorkBefore(next)) {
            interpreter.advanceTo(next);
        }
    }
}
