package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.State;
import dev.reprise.asl.Timestamps;
import dev.reprise.asl.Value;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A Wait state's {@code Timestamp}: written down, selected, or computed. */
final class TimestampField {

    private static final String FORM = "ISO-8601 extended offset date-time format string: ";

    private final Expression expression;
    private final String field;
    private final String typeError;
    /** The path as it stands in the definition; null for a literal or a JSONata expression. */
    private final @Nullable String path;

    private TimestampField(Expression expression, String field, String typeError, @Nullable String path) {
        this.expression = expression;
        this.field = field;
        this.typeError = typeError;
        this.path = path;
    }

    static TimestampField of(State state, Value value, String typeError, Compiler compiler) {
        String field = compiler.fieldName("Timestamp", value);
        return new TimestampField(
                compiler.requiredValue(state, value, field),
                field,
                typeError,
                value instanceof Value.Path(String text) ? text : null);
    }

    Instant instant(StateEnvironment environment) {
        JsonNode value = expression.evaluate(environment);
        Instant instant = Timestamps.parse(value);
        if (instant == null) {
            String shown = value.isTextual() ? value.textValue() : value.toString();
            throw new EvaluationException(
                    typeError,
                    path == null
                            ? "The Timestamp field cannot be parsed as an " + FORM + shown
                            : "The TimestampPath parameter does not reference a valid " + FORM + path + " == " + shown,
                    field);
        }
        return instant;
    }
}
