package dev.reprise.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Condition;
import dev.reprise.asl.Value;
import java.util.Set;

/**
 * The JSONPath query language: paths into input ({@code $}), context object ({@code $$}) and variables ({@code $name}), intrinsic functions, payload templates and choice rules.
 *
 * @see <a href="https://states-language.net/#path">ASL, Paths</a>
 */
public final class JsonPathQueries implements Queries {

    /** Fields whose missing value AWS reports as it does a template's. */
    private static final Set<String> REPORTED_LIKE_TEMPLATES = Set.of("ErrorPath", "CausePath");

    /** Fields whose missing value AWS reports in words of their own. */
    private static final Set<String> WAIT_FIELDS = Set.of("SecondsPath", "TimestampPath");

    /** A language without settings. */
    public JsonPathQueries() {}

    @Override
    public Expression template(JsonNode template, String field) {
        return PayloadTemplate.compile(template, field, Leaves.INSTANCE);
    }

    @Override
    public Expression value(Value value, String field) {
        return switch (value) {
            case Value.Literal(JsonNode json) -> new PayloadTemplate.Constant(json);
            case Value.Path(String text) ->
                IntrinsicParser.isCall(text) ? IntrinsicParser.parse(text) : path(text, field);
            case Value.Jsonata(String expression) ->
                throw new IllegalArgumentException("A JSONPath state has no JSONata expression: '" + expression + "'");
        };
    }

    @Override
    public CompiledCondition condition(Condition condition, String field) {
        return JsonPathConditions.compile(condition);
    }

    private static Expression path(String text, String field) {
        Path path = Path.compile(text);
        if (REPORTED_LIKE_TEMPLATES.contains(field)) {
            return new SelectedValue(path, SelectedValue.Complaint.NOT_IN_INPUT, field);
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
                            : new SelectedValue(Path.compile(text), SelectedValue.Complaint.NOT_IN_INPUT, name));
        }

        @Override
        public PayloadTemplate string(JsonNode string, String location) {
            return new PayloadTemplate.Constant(string);
        }
    }
}
