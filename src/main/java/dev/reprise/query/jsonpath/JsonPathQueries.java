package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Condition;
import dev.reprise.asl.Value;
import dev.reprise.query.CompiledCondition;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import dev.reprise.query.OutOfFuelException;
import dev.reprise.query.PayloadTemplate;
import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;
import java.util.Set;

/**
 * The JSONPath query language: paths into input ({@code $}), context object ({@code $$}) and variables ({@code $name}),
 * intrinsic functions, payload templates and choice rules.
 *
 * @see <a href="https://states-language.net/#path">ASL, Paths</a>
 */
public final class JsonPathQueries implements Queries {

    /** Fields whose missing value AWS reports as it does a template's. */
    private static final Set<String> REPORTED_LIKE_TEMPLATES = Set.of("ErrorPath", "CausePath");

    /** Fields whose missing value AWS reports in words of their own. */
    private static final Set<String> WAIT_FIELDS = Set.of("SecondsPath", "TimestampPath");

    /** The field that selects a Map's items, and names one place. */
    private static final String ITEMS_PATH = "ItemsPath";

    private final long fuel;

    /** Each evaluation may take what {@link QueryLimits#DEFAULT} says. */
    public JsonPathQueries() {
        this(QueryLimits.DEFAULT);
    }

    /** @param limits whose fuel bounds an evaluation; beyond it fails with {@code States.Runtime} */
    public JsonPathQueries(QueryLimits limits) {
        this.fuel = limits.fuel();
    }

    @Override
    public Expression template(JsonNode template, String field) {
        PayloadTemplate compiled = PayloadTemplate.compile(template, field, Leaves.INSTANCE);
        return compiled instanceof PayloadTemplate.Constant ? compiled : bounded(compiled, field);
    }

    @Override
    public Expression value(Value value, String field) {
        return switch (value) {
            case Value.Literal(JsonNode json) -> new PayloadTemplate.Constant(json);
            case Value.Path(String text) ->
                bounded(IntrinsicParser.isCall(text) ? IntrinsicParser.parse(text) : path(text, field), field);
            case Value.Jsonata(String expression) ->
                throw new IllegalArgumentException("A JSONPath state has no JSONata expression: '" + expression + "'");
        };
    }

    @Override
    public CompiledCondition condition(Condition condition, String field) {
        CompiledCondition compiled = JsonPathConditions.compile(condition);
        return environment -> {
            environment.fuel().allow(fuel);
            try {
                return compiled.holds(environment);
            } catch (OutOfFuelException e) {
                throw tooMuch(field);
            }
        };
    }

    private Expression bounded(Expression expression, String field) {
        return environment -> {
            environment.fuel().allow(fuel);
            try {
                return expression.evaluate(environment);
            } catch (OutOfFuelException e) {
                throw tooMuch(field);
            }
        };
    }

    private EvaluationException tooMuch(String field) {
        return new EvaluationException(
                "States.Runtime",
                "The JSONPath expression of the field '" + field + "' takes more work than the " + fuel
                        + " steps that one may take. Let it select less.",
                field);
    }

    private static Expression path(String text, String field) {
        Path path = Path.compile(text);
        if (REPORTED_LIKE_TEMPLATES.contains(field)) {
            return new SelectedValue(path, SelectedValue.Complaint.NOT_IN_INPUT, field);
        }
        if (field.equals(ITEMS_PATH)) {
            return new SelectedValue(path, SelectedValue.Complaint.CONFLICT, field);
        }
        return new SelectedValue(
                path,
                WAIT_FIELDS.contains(field)
                        ? SelectedValue.Complaint.NO_REFERENCE
                        : SelectedValue.Complaint.INVALID_PATH,
                field);
    }

    /** A member whose name ends in {@code .$} is computed; everything else, strings too, stands for itself. */
    private enum Leaves implements PayloadTemplate.Leaves {
        INSTANCE;

        private static final String MARK = ".$";

        @Override
        public String name(String name) {
            return name.endsWith(MARK) ? name.substring(0, name.length() - MARK.length()) : name;
        }

        @Override
        public PayloadTemplate member(String name, JsonNode value, String location) {
            if (!name.endsWith(MARK)) {
                return PayloadTemplate.compile(value, location, this);
            }
            String text = value.textValue();
            if (text == null) {
                throw new IllegalArgumentException("The value for the field '" + name
                        + "' must be a valid JSONPath or a valid intrinsic function call");
            }
            return new PayloadTemplate.Computed(
                    IntrinsicParser.isCall(text)
                            ? IntrinsicParser.parse(text)
                            : new TemplateMember(
                                    new SelectedValue(Path.compile(text), SelectedValue.Complaint.NOT_IN_INPUT, name)));
        }

        @Override
        public PayloadTemplate string(JsonNode string, String location) {
            return new PayloadTemplate.Constant(string);
        }
    }
}
