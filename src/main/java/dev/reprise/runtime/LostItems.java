package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Interpreter;
import dev.reprise.core.Program;
import dev.reprise.dataset.DataSetException;
import dev.reprise.execution.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Supplies the items of data sets to somebody who only looks at an execution, and goes on without those that are lost:
 * their Map then stands still.
 */
public final class LostItems {

    private final ReadItems items;
    private @Nullable String why;

    public LostItems(ReadItems items) {
        this.items = items;
    }

    public void supply(Interpreter interpreter, Entry next) {
        try {
            items.supply(interpreter, next);
        } catch (DataSetException e) {
            why = String.valueOf(e.getMessage());
        }
    }

    /** Whether the items are all to be had that a snapshot needs. */
    public boolean supply(Program program, JsonNode snapshot) {
        try {
            items.supply(program, snapshot);
            return true;
        } catch (DataSetException e) {
            why = String.valueOf(e.getMessage());
            return false;
        }
    }

    /** Why items could not be had; null when none are missing. */
    public @Nullable String why() {
        return why;
    }
}
