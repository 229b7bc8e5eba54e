package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.Fuel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path that may select many values, which it gives in an array. */
final class ManySelector implements PathSelector {

    private final List<PathStep> steps;
    private final boolean[] required;

    ManySelector(List<PathStep> steps) {
        this.steps = List.copyOf(steps);
        this.required = required(steps);
    }

    /**
     * For each step, whether a member must be there for the path to select anything. The last one's must; another's
     * must where the step before it and all steps from there on are definite. A path that is not there before its first
     * indefinite step thus selects an empty array.
     */
    private static boolean[] required(List<PathStep> steps) {
        boolean[] required = new boolean[steps.size()];
        boolean definite = true;
        for (int i = steps.size() - 1; i >= 0; i--) {
            definite &= steps.get(i) instanceof PathStep.Definite;
            required[i] = i == steps.size() - 1 || (definite && i > 0 && steps.get(i - 1) instanceof PathStep.Definite);
        }
        return required;
    }

    @Override
    public @Nullable JsonNode select(JsonNode from, Fuel fuel) {
        Walk walk = new Walk(steps, required, from, fuel, false);
        return walk.follow() == null ? walk.found() : null;
    }

    @Override
    public boolean leavesArray(JsonNode from, Fuel fuel) {
        return false;
    }

    @Override
    public @Nullable PathStep untaken(JsonNode from, Fuel fuel) {
        return null;
    }

    @Override
    public String whyNothing(JsonNode from, Fuel fuel) {
        NoResult nothing = new Walk(steps, required, from, fuel, true).follow();
        if (nothing == null) {
            throw new IllegalStateException("The path " + PathStep.text(steps, 0) + " selects something");
        }
        return nothing.text().apply(fuel);
    }
}
