package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.Environment;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import java.util.ArrayList;
import java.util.List;

/**
 * A call of an intrinsic function, such as {@code States.Format('{}', $.name)}, compiled once.
 *
 * @param text as it stands in the definition
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html">Intrinsic functions</a>
 */
record IntrinsicCall(String text, IntrinsicFunction function, List<Argument> arguments) implements Expression {

    IntrinsicCall {
        arguments = List.copyOf(arguments);
    }

    /** What stands between the parentheses. */
    sealed interface Argument {

        /** A string, number, boolean or null as written down. */
        record Literal(JsonNode value) implements Argument {}

        /** A value that is selected. */
        record Selected(Path path) implements Argument {}

        /** A value that is computed. */
        record Nested(IntrinsicCall call) implements Argument {}
    }

    @Override
    public JsonNode evaluate(Environment environment) {
        return evaluate(environment, text);
    }

    /** @param field the whole of the field that the call stands in, which AWS shows whatever part of it fails */
    private JsonNode evaluate(Environment environment, String field) {
        environment.fuel().burn(1 + arguments.size());
        List<JsonNode> values = new ArrayList<>(arguments.size());
        for (Argument argument : arguments) {
            values.add(value(argument, environment, field));
        }
        try {
            return function.body().apply(new Arguments(values, environment));
        } catch (FunctionFailure e) {
            throw new EvaluationException("States.IntrinsicFailure", hadError(field, e.problem()));
        }
    }

    private static JsonNode value(Argument argument, Environment environment, String field) {
        return switch (argument) {
            case Argument.Literal(JsonNode value) -> value;
            case Argument.Nested(IntrinsicCall call) -> call.evaluate(environment, field);
            case Argument.Selected(Path path) -> {
                JsonNode value = path.select(environment);
                if (value == null) {
                    throw new EvaluationException(
                            "States.Runtime",
                            hadError(
                                    field,
                                    "The JsonPath argument for the field '" + path.text()
                                            + "' could not be found in the input '" + path.visibleStart(environment)
                                            + "'"));
                }
                yield value;
            }
        };
    }

    private static String hadError(String field, String problem) {
        return "The function '" + field + "' had the following error: " + problem;
    }
}
