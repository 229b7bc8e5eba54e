package dev.reprise.query;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The part of a path that follows its root: what it selects within a value. Immutable and safe for use by any thread. */
sealed interface PathSelector permits DefiniteSelector, JaywaySelector {

    /** What is selected; null for nothing. */
    @Nullable
    JsonNode select(JsonNode from);

    /** Why {@link #select} gives nothing for {@code from}, in Jayway's words, which are AWS's too. */
    String whyNothing(JsonNode from);

    /** Whether it selects exactly one place, so that its value is not wrapped in an array. */
    boolean definite();

    /**
     * Compiles a path that starts with {@code $}.
     *
     * @throws IllegalArgumentException when {@code path} is not a JSONPath
     */
    static PathSelector compile(String path) {
        DefiniteSelector simple = DefiniteSelector.parse(path);
        return simple != null ? simple : JaywaySelector.compile(path);
    }
}
