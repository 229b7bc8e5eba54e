package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.State;
import dev.reprise.asl.Value;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A field that holds a number: written down, selected by its {@code …Path} twin, which takes a number's text too, or
 * computed.
 */
final class NumberField {

    private final String name;
    /** Where the field stands in the state. */
    private final String location;

    private final Expression expression;
    private final String typeError;
    /** The path as it stands in the definition; null for a literal or a JSONata expression. */
    private final @Nullable String path;

    private NumberField(String name, String location, Expression expression, String typeError, @Nullable String path) {
        this.name = name;
        this.location = location;
        this.expression = expression;
        this.typeError = typeError;
        this.path = path;
    }

    /** A field of the state itself; null when it is absent. */
    static @Nullable NumberField of(
            State state, @Nullable Value value, String name, String typeError, Compiler compiler) {
        return of(state, value, "", name, typeError, compiler);
    }

    /**
     * A field of an object in the state; null when it is absent.
     *
     * @param place where that object's fields stand in the state, such as {@code ItemBatcher/}
     */
    static @Nullable NumberField of(
            State state, @Nullable Value value, String place, String name, String typeError, Compiler compiler) {
        if (value == null) {
            return null;
        }
        String path = value instanceof Value.Path(String text) ? text : null;
        String location = path == null ? place + name : compiler.fieldName(name, value);
        return new NumberField(name, place + name, compiler.requiredValue(state, value, location), typeError, path);
    }

    /** The field's name, without {@code Path}. */
    String name() {
        return name;
    }

    /** A whole number, of any sign. */
    long integer(StateEnvironment environment) {
        JsonNode value = expression.evaluate(environment);
        Long number = Numbers.wholeNumber(value, path != null);
        if (number == null) {
            throw notA("integer", value);
        }
        return number;
    }

    /** Any number. */
    BigDecimal decimal(StateEnvironment environment) {
        JsonNode value = expression.evaluate(environment);
        BigDecimal number = Numbers.number(value, path != null);
        if (number == null) {
            throw notA("float", value);
        }
        return number;
    }

    private EvaluationException notA(String type, JsonNode value) {
        if (path == null) {
            return wrong("The field '" + name + "' is not a valid " + type + ": " + value);
        }
        String shown = value.isTextual() ? value.textValue() : value.toString();
        return wrong("The " + name + "Path field refers to value \"" + shown + "\" which is not a valid " + type + ": "
                + path);
    }

    /** The field's value is out of its range. */
    EvaluationException wrong(String cause) {
        return new EvaluationException(typeError, cause, location);
    }
}
