package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A value that a path found, with the variables that its steps bound on the way to it. Tuples that come from one
 * another share what they have in common.
 *
 * @param bound the last variable bound; null for none
 */
record Tuple(@Nullable JsonNode value, @Nullable Bound bound) {

    /** One variable, and those bound before it. */
    record Bound(
            String name, @Nullable JsonNode value, @Nullable Bound before, int count) {}

    Tuple with(String name, @Nullable JsonNode bound) {
        return new Tuple(value, bind(name, bound, this.bound));
    }

    Tuple withValue(@Nullable JsonNode other) {
        return new Tuple(other, bound);
    }

    /** What {@code inner} holds, and behind it what this holds. */
    Tuple with(Tuple inner) {
        Bound all = bound;
        java.util.ArrayDeque<Bound> order = new java.util.ArrayDeque<>();
        for (Bound at = inner.bound; at != null; at = at.before) {
            order.push(at);
        }
        for (Bound at : order) {
            all = bind(at.name, at.value, all);
        }
        return new Tuple(inner.value, all);
    }

    private static Bound bind(String name, @Nullable JsonNode value, @Nullable Bound before) {
        return new Bound(name, value, before, before == null ? 1 : before.count + 1);
    }

    /** A frame that has the variables. */
    Frame frame(Frame outer, Evaluation evaluation) {
        if (bound == null) {
            return new Frame(outer);
        }
        evaluation.burn(bound.count + (long) bound.count * bound.count / 64);
        Frame frame = new Frame(outer, bound.count);
        for (Bound at = bound; at != null; at = at.before) {
            if (frame.find(at.name) < 0) {
                frame.bind(at.name, at.value);
            }
        }
        return frame;
    }
}
