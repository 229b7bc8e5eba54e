package dev.reprise.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The common kind of path, which names one place by plain steps. It is followed without Jayway, which would be some ten times slower. */
final class DefiniteSelector implements PathSelector {

    private final String path;
    private final PathStep[] steps;

    private DefiniteSelector(String path, List<PathStep> steps) {
        this.path = path;
        this.steps = steps.toArray(PathStep[]::new);
    }

    /** Null when {@code path} is of another kind. */
    static @Nullable DefiniteSelector parse(String path) {
        List<PathStep> steps = PathStep.parse(path);
        return steps == null ? null : new DefiniteSelector(path, steps);
    }

    @Override
    public @Nullable JsonNode select(JsonNode from) {
        JsonNode node = from;
        for (PathStep step : steps) {
            node = step.from(node);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    /** Asks Jayway, so that there is one source of these texts. */
    @Override
    public String whyNothing(JsonNode from) {
        try {
            return JaywaySelector.compile(path).whyNothing(from);
        } catch (IllegalArgumentException e) {
            // A path too long for Jayway's recursion.
            return "No results for path";
        }
    }

    @Override
    public boolean definite() {
        return true;
    }
}
