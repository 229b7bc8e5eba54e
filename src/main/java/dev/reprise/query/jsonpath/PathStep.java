package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One step of a path. */
sealed interface PathStep {

    /** As an error text shows it: {@code ['name']}, {@code [0]}, {@code [*]}. */
    String text();

    /** A step that leads to one place at most. */
    sealed interface Definite extends PathStep {

        /** What the step leads to; null for nothing. */
        @Nullable
        JsonNode from(JsonNode node);
    }

    /** A step that a reference path may have. */
    sealed interface Reference extends Definite {}

    /** {@code .name} or {@code ['name']}: a member of an object. */
    record Member(String name) implements Reference {
        @Override
        public @Nullable JsonNode from(JsonNode node) {
            return node.isObject() ? node.get(name) : null;
        }

        @Override
        public String text() {
            return "['" + name + "']";
        }
    }

    /**
     * {@code ['a', 'b']}: an object of those of the members that are there.
     *
     * @param last whether no step follows; else it leads nowhere
     */
    record Members(List<String> names, boolean last) implements Definite {
        public Members {
            names = List.copyOf(names);
        }

        @Override
        public @Nullable JsonNode from(JsonNode node) {
            if (!last || !node.isObject()) {
                return null;
            }
            ObjectNode chosen = JsonNodeFactory.instance.objectNode();
            for (String name : names) {
                JsonNode value = node.get(name);
                if (value != null) {
                    chosen.set(name, value);
                }
            }
            return chosen;
        }

        @Override
        public String text() {
            return names.stream().collect(Collectors.joining("', '", "['", "']"));
        }
    }

    /** {@code [2]}: an element of an array. A negative index is none of any array's. */
    record Element(int index) implements Reference {
        @Override
        public @Nullable JsonNode from(JsonNode node) {
            return node.isArray() ? node.get(index) : null;
        }

        @Override
        public String text() {
            return "[" + index + "]";
        }
    }

    /**
     * {@code [(@.length-1)]}: an element of an array, counted from the array's end.
     *
     * @param offset what is added to the array's length; {@code -1} for the last element
     */
    record FromEnd(int offset) implements Definite {
        @Override
        public @Nullable JsonNode from(JsonNode node) {
            return node.isArray() ? node.get(node.size() + offset) : null;
        }

        @Override
        public String text() {
            return "[@.size()" + offset + "]";
        }
    }

    /** {@code [0,2]}: elements of an array, in this order. */
    record Elements(List<Integer> indexes) implements PathStep {
        public Elements {
            indexes = List.copyOf(indexes);
        }

        @Override
        public String text() {
            return indexes.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        }
    }

    /**
     * {@code [1:3]}, {@code [1:]}, {@code [:3]}: elements of an array from an index, included, to another, excluded.
     *
     * @param from null for the array's beginning; when {@code to} is null, a negative one counts from the array's end
     * @param to null for the array's end; when {@code from} is null, a negative one counts from the array's end
     */
    record Slice(@Nullable Integer from, @Nullable Integer to) implements PathStep {
        /** The first index in an array of that length; negative for one that no array has. */
        int first(int length) {
            if (from == null || length == 0) {
                return 0;
            }
            return to == null && from < 0 ? Math.max(0, length + from) : from;
        }

        /** The index behind the last one. */
        int end(int length) {
            if (to == null) {
                return length;
            }
            return Math.min(length, from == null && to < 0 ? length + to : to);
        }

        @Override
        public String text() {
            return "[" + (from == null ? "" : from) + ":" + (to == null ? "" : to) + "]";
        }
    }

    /** {@code *} or {@code [*]}: all members of an object, all elements of an array. */
    record Wildcard() implements PathStep {
        @Override
        public String text() {
            return "[*]";
        }
    }

    /** {@code [?(…)]}: an object itself, or the elements of an array, for which it holds. */
    record Filtered(Filter filter) implements PathStep {
        @Override
        public String text() {
            return "[?]";
        }
    }

    /** {@code ..}: the value and everything below it, for the step that follows. */
    record Descent() implements PathStep {
        @Override
        public String text() {
            return "..";
        }
    }

    /** Steps from the one at {@code first} on, as an error text shows them. */
    static String text(List<? extends PathStep> steps, int first) {
        StringBuilder text = new StringBuilder();
        for (PathStep step : steps.subList(first, steps.size())) {
            text.append(step.text());
        }
        return text.toString();
    }
}
