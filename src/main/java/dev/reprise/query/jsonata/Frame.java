package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The variables bound in one block, call or tuple, and those around it. A variable that is bound to undefined hides one
 * of the same name further out.
 */
final class Frame {

    private static final String[] NO_NAMES = {};
    private static final @Nullable JsonNode[] NO_VALUES = {};

    private final @Nullable Frame outer;
    private String[] names = NO_NAMES;
    private @Nullable JsonNode[] values = NO_VALUES;
    private int size;

    Frame(@Nullable Frame outer) {
        this.outer = outer;
    }

    Frame(Frame outer, int expected) {
        this.outer = outer;
        this.names = new String[expected];
        this.values = new @Nullable JsonNode[expected];
    }

    @Nullable
    Frame outer() {
        return outer;
    }

    /** Binds {@code name} here, in place of what was bound here before. */
    void bind(String name, @Nullable JsonNode value) {
        int at = find(name);
        if (at < 0) {
            if (size == names.length) {
                int larger = Math.max(4, 2 * size);
                names = Arrays.copyOf(names, larger);
                values = Arrays.copyOf(values, larger);
            }
            at = size++;
            names[at] = name;
        }
        values[at] = value;
    }

    /** Where {@code name} is bound in this frame; negative when it is not. */
    int find(String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Nullable
    JsonNode value(int at) {
        return values[at];
    }

    /** How many variables are bound here. */
    int size() {
        return size;
    }
}
