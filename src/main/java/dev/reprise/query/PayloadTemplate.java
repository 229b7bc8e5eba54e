package dev.reprise.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A template compiled to what has to be done: parts without expressions are kept as they are and shared by every
 * evaluation. How a member or a string becomes an expression is the language's business ({@link Leaves}).
 *
 * @see <a href="https://states-language.net/#payload-template">ASL, Payload Template</a>
 */
public sealed interface PayloadTemplate extends Expression {

    /** What never changes. */
    record Constant(JsonNode value) implements PayloadTemplate {
        @Override
        public JsonNode evaluate(Environment environment) {
            return value;
        }
    }

    /** A place that is computed. */
    record Computed(Expression expression) implements PayloadTemplate {
        @Override
        public JsonNode evaluate(Environment environment) {
            return expression.evaluate(environment);
        }
    }

    /** An object with at least one computed part. */
    record Members(List<String> names, List<PayloadTemplate> values) implements PayloadTemplate {
        @Override
        public JsonNode evaluate(Environment environment) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < names.size(); i++) {
                object.set(names.get(i), values.get(i).evaluate(environment));
            }
            return object;
        }
    }

    /** An array with at least one computed part. */
    record Elements(List<PayloadTemplate> values) implements PayloadTemplate {
        @Override
        public JsonNode evaluate(Environment environment) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(values.size());
            for (PayloadTemplate value : values) {
                array.add(value.evaluate(environment));
            }
            return array;
        }
    }

    /** How one language marks what is computed. */
    interface Leaves {
        /** The member's name in the result. */
        String name(String name);

        /** Compiles the value of a member; {@code location} is the path of names to it, such as {@code Arguments/a}. */
        PayloadTemplate member(String name, JsonNode value, String location);

        /** Compiles a string that stands anywhere. */
        PayloadTemplate string(JsonNode string, String location);
    }

    /** Compiles {@code template}, which stands at {@code location}. */
    static PayloadTemplate compile(JsonNode template, String location, Leaves leaves) {
        return switch (template) {
            case ObjectNode object -> {
                List<String> names = new ArrayList<>(object.size());
                List<PayloadTemplate> values = new ArrayList<>(object.size());
                boolean constant = true;
                for (var member : object.properties()) {
                    PayloadTemplate value =
                            leaves.member(member.getKey(), member.getValue(), location + "/" + member.getKey());
                    names.add(leaves.name(member.getKey()));
                    values.add(value);
                    constant &= value instanceof Constant;
                }
                yield constant ? new Constant(template) : new Members(List.copyOf(names), List.copyOf(values));
            }
            case ArrayNode array -> {
                List<PayloadTemplate> values = new ArrayList<>(array.size());
                for (int i = 0; i < array.size(); i++) {
                    values.add(compile(array.get(i), location + "[" + i + "]", leaves));
                }
                boolean constant = values.stream().allMatch(Constant.class::isInstance);
                yield constant ? new Constant(template) : new Elements(List.copyOf(values));
            }
            case JsonNode node when node.isTextual() -> leaves.string(node, location);
            default -> new Constant(template);
        };
    }
}
