package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of an expression while it is compiled: {@link Parser} writes it down as it stands, {@link Planner} makes paths
 * of it and marks what has to be remembered on the way, {@link Builder} keeps the outcome.
 */
final class Draft {

    /** What it is. */
    enum Kind {
        LITERAL,
        NAME,
        VARIABLE,
        PATTERN,
        /** {@code and}, {@code or}, {@code in} where a name stands, and {@code ?} as an argument left open. */
        WORD,
        OPEN,
        WILDCARD,
        DESCENDANTS,
        PARENT,
        NEGATION,
        ARRAY,
        OBJECT,
        OPERATION,
        DOT,
        FILTER,
        GROUP,
        ORDER,
        BIND,
        FOCUS,
        INDEX,
        CONDITION,
        BLOCK,
        CALL,
        PARTIAL,
        LAMBDA,
        LAST_CALL,
        APPLY,
        TRANSFORM,
        PATH,
        SORT,
        END
    }

    /** Which earlier value a {@code %} stands for: so many levels up from where it is looked for. */
    static final class Slot {
        String label;
        int level = 1;

        Slot(String label) {
            this.label = label;
        }
    }

    /** A pair of an object. */
    record Pair(Draft name, Draft value) {}

    /** A predicate, or a position that is bound when {@code index} is not null. */
    record Stage(@Nullable Draft predicate, @Nullable String index) {}

    Kind kind;
    /** A name, an operator, a regular expression. */
    String text;

    @Nullable
    JsonNode value;

    /** Operands, items, arguments, steps, terms: whatever the kind has of them. */
    List<Draft> parts = new ArrayList<>();

    List<Pair> pairs = new ArrayList<>();

    @Nullable
    Signature signature;

    boolean descending;
    boolean keepArray;
    boolean keepSingleton;
    boolean constructed;
    boolean tuple;

    @Nullable
    String focus;

    @Nullable
    String index;

    @Nullable
    Slot slot;

    @Nullable
    Slot ancestor;

    List<Slot> seeking = new ArrayList<>();
    List<Draft> predicates = new ArrayList<>();
    List<Stage> stages = new ArrayList<>();

    @Nullable
    List<Pair> group;

    /** How deep it is nested. */
    int depth = 1;

    Draft(Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    Draft with(Draft part) {
        parts.add(part);
        depth = Math.max(depth, part.depth + 1);
        return this;
    }

    Draft part(int at) {
        return parts.get(at);
    }

    Draft last() {
        return parts.get(parts.size() - 1);
    }
}
