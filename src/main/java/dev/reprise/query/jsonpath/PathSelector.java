package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.Fuel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a path that follows its root: what it selects within a value, as json-path 2.0.0 does, which is the
 * dialect of AWS Step Functions. Immutable and safe for use by any thread.
 */
sealed interface PathSelector permits DefiniteSelector, ManySelector {

    /**
     * What is selected; null for nothing.
     *
     * @throws dev.reprise.query.OutOfFuelException when that takes more work than the evaluation may
     */
    @Nullable
    JsonNode select(JsonNode from, Fuel fuel);

    /** Why {@link #select} gives nothing for {@code from}. */
    String whyNothing(JsonNode from, Fuel fuel);

    /** Whether the last step asks an array for an element that it does not have. */
    boolean leavesArray(JsonNode from, Fuel fuel);

    /** The first step that leads nowhere, when {@link #select} gives nothing; null where steps lead to many places. */
    @Nullable
    PathStep untaken(JsonNode from, Fuel fuel);

    /**
     * Compiles a path that starts with {@code $}.
     *
     * @throws IllegalArgumentException when {@code path} is not a JSONPath
     */
    static PathSelector compile(String path) {
        List<PathStep> steps = PathParser.parse(path);
        List<PathStep.Definite> definite = new ArrayList<>(steps.size());
        for (PathStep step : steps) {
            if (!(step instanceof PathStep.Definite one)) {
                return new ManySelector(steps);
            }
            definite.add(one);
        }
        return new DefiniteSelector(definite);
    }
}
