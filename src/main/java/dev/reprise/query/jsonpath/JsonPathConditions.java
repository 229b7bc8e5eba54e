package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ComparisonOperator;
import dev.reprise.asl.Condition;
import dev.reprise.asl.Value;
import dev.reprise.query.CompiledCondition;
import dev.reprise.query.Environment;
import dev.reprise.query.EvaluationException;
import java.util.List;

/**
 * A Choice state's rules in JSONPath.
 *
 * @see <a href="https://states-language.net/#data-test">ASL, Data-test expressions</a>
 */
final class JsonPathConditions {

    private JsonPathConditions() {}

    static CompiledCondition compile(Condition condition) {
        return switch (condition) {
            case Condition.And(List<Condition> parts) -> {
                List<CompiledCondition> all = compile(parts);
                yield environment -> {
                    for (CompiledCondition part : all) {
                        if (!part.holds(environment)) {
                            return false;
                        }
                    }
                    return true;
                };
            }
            case Condition.Or(List<Condition> parts) -> {
                List<CompiledCondition> any = compile(parts);
                yield environment -> {
                    for (CompiledCondition part : any) {
                        if (part.holds(environment)) {
                            return true;
                        }
                    }
                    return false;
                };
            }
            case Condition.Not(Condition part) -> {
                CompiledCondition negated = compile(part);
                yield environment -> !negated.holds(environment);
            }
            case Condition.Comparison(String variable, ComparisonOperator operator, Value operand) ->
                comparison(Path.compile(variable), operator, operand);
            case Condition.Jsonata jsonata ->
                throw new IllegalArgumentException("A JSONPath state has no JSONata condition: " + jsonata);
        };
    }

    private static List<CompiledCondition> compile(List<Condition> conditions) {
        return conditions.stream().map(JsonPathConditions::compile).toList();
    }

    private static CompiledCondition comparison(Path variable, ComparisonOperator operator, Value operand) {
        return switch (operand) {
            case Value.Literal(JsonNode json)
            when operator == ComparisonOperator.IsPresent -> {
                boolean wanted = json.booleanValue();
                yield environment -> wanted == (variable.select(environment) != null);
            }
            case Value.Literal(JsonNode json) -> {
                Comparison comparison = Comparison.with(operator, json);
                yield environment -> comparison.holds(required(variable, environment), environment.fuel());
            }
            case Value.Path(String text) -> {
                Path other = Path.compile(text);
                yield environment -> {
                    JsonNode left = required(variable, environment);
                    return Comparison.with(operator, required(other, environment))
                            .holds(left, environment.fuel());
                };
            }
            case Value.Jsonata jsonata ->
                throw new IllegalArgumentException("A JSONPath state has no JSONata expression: " + jsonata);
        };
    }

    private static JsonNode required(Path path, Environment environment) {
        JsonNode value = path.select(environment);
        if (value == null) {
            throw new EvaluationException(
                    "States.Runtime",
                    "Invalid path '" + path.text()
                            + "': The choice state's condition path references an invalid value.",
                    "Choices");
        }
        return value;
    }
}
