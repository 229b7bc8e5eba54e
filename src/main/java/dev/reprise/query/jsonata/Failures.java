package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.jsonata.base.JsonataException;

/** AWS's sentences about a JSONata expression that gave nothing of use. */
final class Failures {

    private Failures() {}

    /** The failure of {@code expression}, which stands in {@code field}; {@code what} goes on from there. */
    static EvaluationException of(String expression, String field, String what) {
        return new EvaluationException(
                "States.QueryEvaluationError",
                "The JSONata expression '" + expression + "' specified for the field '" + field + "' " + what,
                field);
    }

    /** An expression in which there was an error. */
    static EvaluationException of(String expression, String field, JsonataException error) {
        return of(
                expression,
                field,
                "threw an error during evaluation" + (error.code().isEmpty() ? ": " : ". " + error.code() + ": ")
                        + error.text());
    }

    /** An expression that gave undefined, which JSON cannot express. */
    static EvaluationException undefined(String expression, String field) {
        return of(expression, field, "returned nothing (undefined).");
    }

    /** An expression that gave {@code value}, which is of another type than {@code expected}. */
    static EvaluationException unexpected(
            String expression, String field, String expected, String type, JsonNode value) {
        return of(
                expression,
                field,
                "returned an unexpected result type. Expected '" + expected + "', but was '" + type + "' for value: "
                        + value);
    }
}
