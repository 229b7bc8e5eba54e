package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.EvaluationException;

/** Says of a path that names exactly one place that there is no such place, in the words that AWS has for it. */
final class PathConflicts {

    private static final String ERROR = "States.ReferencePathConflict";

    private PathConflicts() {}

    /**
     * The error of a path whose {@code step} cannot be taken.
     *
     * @param path as it stands in the definition
     * @param input where the path begins, and {@code shown} its JSON
     * @param field the field that the path stands in
     */
    static EvaluationException of(String path, PathStep step, JsonNode input, String shown, String field) {
        String what = input.isContainerNode() ? "step \"" + name(step) + "\"" : "ReferencePath " + path;
        return new EvaluationException(ERROR, "Unable to apply " + what + " to input " + shown, field);
    }

    private static String name(PathStep step) {
        return switch (step) {
            case PathStep.Member(String name) -> name;
            case PathStep.Element(int index) -> String.valueOf(index);
            default -> step.text();
        };
    }
}
