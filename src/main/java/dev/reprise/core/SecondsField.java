package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.State;
import dev.reprise.asl.Value;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A Wait state's {@code Seconds}: written down, selected, or computed. */
final class SecondsField {

    /** More than three years: the most that AWS takes. */
    private static final long MOST = 99_999_999;

    private final Expression expression;
    private final String field;
    private final String typeError;
    /** The path as it stands in the definition; null for a literal or a JSONata expression. */
    private final @Nullable String path;

    private SecondsField(Expression expression, String field, String typeError, @Nullable String path) {
        this.expression = expression;
        this.field = field;
        this.typeError = typeError;
        this.path = path;
    }

    static SecondsField of(State state, Value value, String typeError, Compiler compiler) {
        String field = compiler.fieldName("Seconds", value);
        return new SecondsField(
                compiler.requiredValue(state, value, field),
                field,
                typeError,
                value instanceof Value.Path(String text) ? text : null);
    }

    Duration duration(StateEnvironment environment) {
        JsonNode value = expression.evaluate(environment);
        Long seconds = Numbers.wholeNumber(value, path != null);
        if (seconds == null) {
            throw wrong("cannot be parsed as a long value", value);
        }
        if (seconds < 0) {
            throw wrong("references a negative value", value);
        }
        if (seconds > MOST) {
            throw wrong("references a value greater than " + MOST, value);
        }
        return Duration.ofSeconds(seconds);
    }

    private EvaluationException wrong(String what, JsonNode value) {
        String shown = value.isTextual() ? value.textValue() : value.toString();
        return new EvaluationException(
                typeError,
                path == null
                        ? "The Seconds field " + what + ": " + shown
                        : "The SecondsPath parameter " + what + ": " + path + " == " + shown,
                field);
    }
}
