package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Condition;
import dev.reprise.asl.Value;
import dev.reprise.query.CompiledCondition;
import dev.reprise.query.Expression;
import dev.reprise.query.PayloadTemplate;
import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;

/**
 * The JSONata query language: templates in which any string may be an expression between <code>{%</code> and
 * <code>%}</code>, with {@code $states} and the workflow variables bound.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html">Transforming data with
 *     JSONata</a>
 */
public final class JsonataQueries implements Queries {

    private static final String OPEN = "{%";
    private static final String CLOSE = "%}";

    private final QueryLimits limits;

    /** Expressions that go beyond {@code limits} fail with {@code States.QueryEvaluationError}. */
    public JsonataQueries(QueryLimits limits) {
        this.limits = limits;
    }

    /** Whether a template's string is an expression. */
    public static boolean isExpression(String text) {
        return text.length() >= OPEN.length() + CLOSE.length() && text.startsWith(OPEN) && text.endsWith(CLOSE);
    }

    /** The expression between the delimiters of {@code text}. */
    public static String expression(String text) {
        return text.substring(OPEN.length(), text.length() - CLOSE.length());
    }

    @Override
    public Expression template(JsonNode template, String field) {
        return PayloadTemplate.compile(template, field, new Leaves());
    }

    @Override
    public Expression value(Value value, String field) {
        return switch (value) {
            case Value.Literal(JsonNode json) -> template(json, field);
            case Value.Jsonata(String expression) ->
                ExpectedType.of(field).check(compile(expression, field), expression, field);
            case Value.Path(String text) ->
                throw new IllegalArgumentException("A JSONata state has no path: '" + text + "'");
        };
    }

    @Override
    public CompiledCondition condition(Condition condition, String field) {
        if (!(condition instanceof Condition.Jsonata(Value value))) {
            throw new IllegalArgumentException("A JSONata state has no JSONPath condition: " + condition);
        }
        Expression expression = value(value, field);
        return environment -> expression.evaluate(environment).booleanValue();
    }

    private Expression compile(String text, String location) {
        String expression = text.strip();
        Expression full = new JsonataExpression(expression, location, limits);
        Expression simple = PlainPath.parse(expression, location, full);
        return simple != null ? simple : full;
    }

    private final class Leaves implements PayloadTemplate.Leaves {

        @Override
        public String name(String name) {
            return name;
        }

        @Override
        public PayloadTemplate member(String name, JsonNode value, String location) {
            return PayloadTemplate.compile(value, location, this);
        }

        @Override
        public PayloadTemplate string(JsonNode string, String location) {
            String text = string.textValue();
            return isExpression(text)
                    ? new PayloadTemplate.Computed(compile(expression(text), location))
                    : new PayloadTemplate.Constant(string);
        }
    }
}
