package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.Environment;
import org.jspecify.annotations.Nullable;

/**
 * A JSONPath into one of the three things that a JSONPath state sees: {@code $.a} its input, {@code $$.a} the context
 * object, {@code $name.a} a workflow variable. Compiled once, immutable.
 *
 * @param text as it stands in the definition
 * @param root what it selects from
 * @param variable the variable's name, without {@code $}; empty for the other roots
 * @param selector what it selects there
 */
record Path(String text, Root root, String variable, PathSelector selector) {

    /** What a path starts from. */
    enum Root {
        INPUT,
        CONTEXT,
        VARIABLE
    }

    /**
     * Compiles a path.
     *
     * @throws IllegalArgumentException when {@code text} is not a JSONPath
     */
    static Path compile(String text) {
        if (text.startsWith("$$")) {
            return new Path(text, Root.CONTEXT, "", PathSelector.compile(text.substring(1)));
        }
        int end = text.startsWith("$") ? endOfVariable(text) : 1;
        if (end > 1) {
            return new Path(
                    text, Root.VARIABLE, text.substring(1, end), PathSelector.compile("$" + text.substring(end)));
        }
        return new Path(text, Root.INPUT, "", PathSelector.compile(text));
    }

    /** Where the variable's name ends; 1 when the path does not start with one. */
    private static int endOfVariable(String text) {
        if (text.length() < 2 || !startsName(text.charAt(1))) {
            return 1;
        }
        int end = 2;
        while (end < text.length() && Character.isUnicodeIdentifierPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean startsName(char c) {
        return Character.isUnicodeIdentifierStart(c) || c == '_';
    }

    /** What the path selects; null when it selects nothing. A path that may select many always gives an array. */
    @Nullable
    JsonNode select(Environment environment) {
        JsonNode start = start(environment);
        return start == null ? null : selector.select(start, environment.fuel());
    }

    /**
     * Whether the path, which selects nothing, leads to an array and asks at last for an element that it does not have.
     */
    boolean leavesArray(Environment environment) {
        JsonNode start = start(environment);
        return start != null && selector.leavesArray(start, environment.fuel());
    }

    /** Why {@link #select} gave nothing. */
    String whyNothing(Environment environment) {
        JsonNode start = start(environment);
        if (start != null) {
            return selector.whyNothing(start, environment.fuel());
        }
        // As if variables were members of one object.
        boolean whole = text.length() == variable.length() + 1;
        return (whole ? "No results for path: $['" : "Missing property in path $['") + variable + "']";
    }

    /** What an error text shows as the input in which nothing was found. */
    String visibleStart(Environment environment) {
        JsonNode start = start(environment);
        return Work.json(start == null ? environment.input() : start, environment.fuel());
    }

    /** What the path starts from; null for a variable that is not set. */
    @Nullable
    JsonNode start(Environment environment) {
        return switch (root) {
            case INPUT -> environment.input();
            case CONTEXT -> environment.context();
            case VARIABLE -> environment.variable(variable);
        };
    }
}
