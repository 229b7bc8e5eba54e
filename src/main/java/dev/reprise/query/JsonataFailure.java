package dev.reprise.query;

/** AWS's sentence about a JSONata expression that gave nothing of use. */
final class JsonataFailure {

    private JsonataFailure() {}

    /** The failure of {@code expression}, which stands in {@code field}; {@code what} goes on from there. */
    static EvaluationException of(String expression, String field, String what) {
        return new EvaluationException(
                "States.QueryEvaluationError",
                "The JSONata expression '" + expression + "' specified for the field '" + field + "' " + what,
                field);
    }

    /** An expression that gave undefined, which JSON cannot express. */
    static EvaluationException undefined(String expression, String field) {
        return of(expression, field, "returned nothing (undefined).");
    }
}
