package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.Environment;
import dev.reprise.query.Expression;
import dev.reprise.query.OutOfFuelException;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.jsonata.base.JsonataException;
import dev.reprise.query.jsonata.base.SyntaxException;

/** A JSONata expression in a definition, compiled once. It is not changed by evaluation, so threads share it. */
final class JsonataExpression implements Expression {

    private final String text;
    private final String location;
    private final QueryLimits limits;
    private final Node compiled;

    /**
     * Compiles {@code text}.
     *
     * @param location where it stands, such as {@code Output/total}
     * @throws IllegalArgumentException when it is not well-formed
     */
    JsonataExpression(String text, String location, QueryLimits limits) {
        this.text = text;
        this.location = location;
        this.limits = limits;
        try {
            compiled = Builder.compile(text);
        } catch (SyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is not a JSONata expression: " + e.getMessage(), e);
        }
    }

    @Override
    public JsonNode evaluate(Environment environment) {
        try {
            Evaluation evaluation = new Evaluation(environment, limits);
            JsonNode value = Evaluator.evaluate(compiled, null, evaluation.root(), evaluation);
            if (value == null) {
                throw Failures.undefined(text, location);
            }
            return Result.of(value, evaluation);
        } catch (JsonataException e) {
            throw Failures.of(text, location, e);
        } catch (OutOfFuelException e) {
            throw Failures.of(text, location, JsonataException.tooLong());
        } catch (Result.NotJson e) {
            throw Failures.of(text, location, "returned an unsupported result type.");
        }
    }
}
