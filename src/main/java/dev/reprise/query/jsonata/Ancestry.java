package dev.reprise.query.jsonata;

import dev.reprise.query.jsonata.Draft.Kind;
import dev.reprise.query.jsonata.Draft.Slot;
import dev.reprise.query.jsonata.base.SyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the step whose value each {@code %} stands for. A {@code %} asks for the value one level up; where the path
 * that it stands in does not reach so far, whatever the path stands in goes on
 * looking. The step that is found is marked, and remembers what it was applied to.
 */
final class Ancestry {

    private int labels;

    /** What a {@code %} asks for. */
    Slot slot() {
        return new Slot("!" + labels++);
    }

    static SyntaxException noParent() {
        return new SyntaxException("The object representing the 'parent' cannot be derived from this expression");
    }

    /** What {@code part} did not find is looked for around {@code whole}. */
    static void pass(Draft whole, Draft part) {
        whole.seeking.addAll(open(part));
    }

    private static List<Slot> open(Draft part) {
        List<Slot> open = new ArrayList<>(part.seeking);
        if (part.kind == Kind.PARENT && part.slot != null) {
            open.add(part.slot);
        }
        return open;
    }

    /** Finds in the steps of {@code path} what its last step asks for. */
    static void resolve(Draft path) {
        for (Slot slot : open(path.last())) {
            int index = path.parts.size() - 2;
            while (slot.level > 0) {
                if (index < 0) {
                    path.seeking.add(slot);
                    break;
                }
                Draft step = path.part(index--);
                // Steps that bind the same context are one.
                while (index >= 0 && step.focus != null && path.part(index).focus != null) {
                    step = path.part(index--);
                }
                seek(step, slot);
            }
        }
    }

    /** Finds in {@code step} what a predicate on it asks for. */
    static void resolveInPredicate(Draft step, Draft predicate) {
        if (predicate.seeking.isEmpty()) {
            return;
        }
        for (Slot slot : predicate.seeking) {
            if (slot.level == 1) {
                seek(step, slot);
            } else {
                slot.level--;
            }
        }
        pass(step, predicate);
    }

    private static void seek(Draft node, Slot slot) {
        switch (node.kind) {
            case NAME, WILDCARD -> {
                slot.level--;
                if (slot.level == 0) {
                    if (node.ancestor != null) {
                        slot.label = node.ancestor.label;
                    }
                    node.ancestor = slot;
                    node.tuple = true;
                }
            }
            case PARENT -> slot.level++;
            case BLOCK -> {
                if (!node.parts.isEmpty()) {
                    node.tuple = true;
                    seek(node.last(), slot);
                }
            }
            case PATH -> {
                node.tuple = true;
                int index = node.parts.size() - 1;
                seek(node.part(index--), slot);
                while (slot.level > 0 && index >= 0) {
                    seek(node.part(index--), slot);
                }
            }
            case LITERAL,
                    VARIABLE,
                    PATTERN,
                    WORD,
                    OPEN,
                    DESCENDANTS,
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
                    CALL,
                    PARTIAL,
                    LAMBDA,
                    LAST_CALL,
                    APPLY,
                    TRANSFORM,
                    SORT,
                    END -> throw noParent();
        }
    }
}
