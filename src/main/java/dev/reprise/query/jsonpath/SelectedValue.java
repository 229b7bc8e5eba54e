package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.Environment;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;

/**
 * What a path selects, or an error in the words that AWS has for the field in which the path stands.
 *
 * @param complaint how a path that selects nothing is reported
 * @param field the field, or the member of a template
 */
record SelectedValue(Path path, Complaint complaint, String field) implements Expression {

    /** AWS's forms of saying that a path selects nothing. */
    enum Complaint {
        /** In payload templates and a Fail state's fields. */
        NOT_IN_INPUT,
        /** In a Wait state's fields. */
        NO_REFERENCE,
        /** Where a Map finds its items. */
        CONFLICT,
        /** Everywhere else, with the reason. */
        INVALID_PATH
    }

    @Override
    public JsonNode evaluate(Environment environment) {
        JsonNode value = path.select(environment);
        if (value == null) {
            throw failure(environment);
        }
        return value;
    }

    private EvaluationException failure(Environment environment) {
        JsonNode start = complaint == Complaint.CONFLICT ? path.start(environment) : null;
        PathStep step = start == null ? null : path.selector().untaken(start, environment.fuel());
        return start == null || step == null
                ? new EvaluationException("States.Runtime", cause(environment), field)
                : PathConflicts.of(path.text(), step, start, path.visibleStart(environment), field);
    }

    private String cause(Environment environment) {
        return switch (complaint) {
            case NOT_IN_INPUT ->
                "The JSONPath '" + path.text() + "' specified for the field '" + field
                        + "' could not be found in the input '" + path.visibleStart(environment) + "'";
            case NO_REFERENCE -> "The " + field + " parameter does not reference an input value: " + path.text();
            case INVALID_PATH, CONFLICT -> "Invalid path '" + path.text() + "' : " + path.whyNothing(environment);
        };
    }
}
