package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.State;
import dev.reprise.asl.Timestamps;
import dev.reprise.asl.Value;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a Wait state waits for: written down, selected by its {@code …Path} twin, or computed. */
abstract sealed class WaitField {

    /** About 68 years: AWS counts a wait in seconds of 32 bits. */
    private static final long FARTHEST = Integer.MAX_VALUE;

    private final String name;
    private final String field;
    private final Expression expression;
    private final String typeError;
    /** The path as it stands in the definition; null for a literal or a JSONata expression. */
    final @Nullable String path;

    private WaitField(String name, Value value, State state, String typeError, Compiler compiler) {
        this.name = name;
        this.field = compiler.fieldName(name, value);
        this.expression = compiler.requiredValue(state, value, field);
        this.typeError = typeError;
        this.path = value instanceof Value.Path(String text) ? text : null;
    }

    static WaitField of(State.Wait state, String typeError, Compiler compiler) {
        return switch (state.until()) {
            case State.WaitUntil.Seconds(Value value) -> new Seconds(value, state, typeError, compiler);
            case State.WaitUntil.Timestamp(Value value) -> new Timestamp(value, state, typeError, compiler);
        };
    }

    /**
     * When the wait is over, which may be in the past.
     *
     * @throws EvaluationException when the value is none of this field's
     */
    final Instant due(StateEnvironment environment, Instant now) {
        return due(expression.evaluate(environment), now);
    }

    abstract Instant due(JsonNode value, Instant now);

    final EvaluationException wrong(String literal, String selected, JsonNode value) {
        String shown = value.isTextual() ? value.textValue() : value.toString();
        return new EvaluationException(
                typeError,
                path == null
                        ? "The " + name + " field " + literal + ": " + shown
                        : "The " + name + "Path parameter " + selected + ": " + path + " == " + shown,
                field);
    }

    /** {@code Seconds}. */
    private static final class Seconds extends WaitField {

        /** More than three years: the most that AWS takes from a path. */
        private static final long MOST_SELECTED = 99_999_999;

        private Seconds(Value value, State state, String typeError, Compiler compiler) {
            super("Seconds", value, state, typeError, compiler);
        }

        @Override
        Instant due(JsonNode value, Instant now) {
            Long seconds = Numbers.wholeNumber(value, path != null);
            if (seconds == null) {
                throw wrong("cannot be parsed as a long value", value);
            }
            if (seconds < 0) {
                throw wrong("references a negative value", value);
            }
            long most = path == null ? FARTHEST : MOST_SELECTED;
            if (seconds > most) {
                throw wrong("references a value greater than " + most, value);
            }
            return now.plusSeconds(seconds);
        }

        private EvaluationException wrong(String what, JsonNode value) {
            return wrong(what, what, value);
        }
    }

    /** {@code Timestamp}. */
    private static final class Timestamp extends WaitField {

        private static final String FORM = "ISO-8601 extended offset date-time format string";

        private Timestamp(Value value, State state, String typeError, Compiler compiler) {
            super("Timestamp", value, state, typeError, compiler);
        }

        @Override
        Instant due(JsonNode value, Instant now) {
            Instant instant = Timestamps.parseIso(value);
            if (instant == null) {
                throw wrong("cannot be parsed as an " + FORM, "does not reference a valid " + FORM, value);
            }
            if (instant.isAfter(now.plusSeconds(FARTHEST))) {
                String late = "references a time more than " + FARTHEST + " seconds ahead";
                throw wrong(late, late, value);
            }
            return instant;
        }
    }
}
