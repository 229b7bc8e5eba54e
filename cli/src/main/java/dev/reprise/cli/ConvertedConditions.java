package dev.reprise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A Choice's rules in JSONata. */
final class ConvertedConditions {

    private static final Map<String, String> SIGNS = Map.of(
            "Equals", "=",
            "LessThan", "<",
            "GreaterThan", ">",
            "LessThanEquals", "<=",
            "GreaterThanEquals", ">=");

    /** JSONPath's names of types, and JSONata's. */
    private static final Map<String, String> TYPES =
            Map.of("String", "string", "Numeric", "number", "Boolean", "boolean");

    private final String root;

    /** @param root what {@code $} stands for, an expression */
    ConvertedConditions(String root) {
        this.root = root;
    }

    /** What a rule asks. */
    String of(JsonNode rule) throws UncertainException {
        for (String connective : new String[] {"And", "Or"}) {
            if (rule.has(connective)) {
                return "(" + String.join(" " + connective.toLowerCase(Locale.ROOT) + " ", all(rule, connective)) + ")";
            }
        }
        try {
            if (rule.has("Not")) {
                return "$not(" + of(rule.path("Not")) + ")";
            }
        } catch (UncertainException e) {
            throw e.below("Not");
        }
        String variable;
        try {
            variable = JsonataText.path(rule.path("Variable").asText(), root);
        } catch (UncertainException e) {
            throw e.below("Variable");
        }
        for (Map.Entry<String, JsonNode> member : ((ObjectNode) rule).properties()) {
            String name = member.getKey();
            if (!name.equals("Variable") && !name.equals("Next") && !name.equals("Comment")) {
                try {
                    return comparison(name, variable, member.getValue());
                } catch (UncertainException e) {
                    throw e.below(name);
                }
            }
        }
        throw new UncertainException("", "compares with nothing");
    }

    private List<String> all(JsonNode rule, String connective) throws UncertainException {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < rule.path(connective).size(); i++) {
            try {
                parts.add(of(rule.path(connective).get(i)));
            } catch (UncertainException e) {
                throw e.below(String.valueOf(i)).below(connective);
            }
        }
        return parts;
    }

    private String comparison(String operator, String variable, JsonNode operand) throws UncertainException {
        if (operator.startsWith("Is")) {
            return isA(operator.substring(2), variable, operand.booleanValue());
        }
        boolean withPath = operator.endsWith("Path");
        String plain = withPath ? operator.substring(0, operator.length() - 4) : operator;
        for (Map.Entry<String, String> type : TYPES.entrySet()) {
            String sign = plain.startsWith(type.getKey())
                    ? SIGNS.get(plain.substring(type.getKey().length()))
                    : null;
            if (sign != null) {
                String other = withPath
                        ? JsonataText.path(operand.asText(), root)
                        : JsonataText.literal(operand).inline();
                String compared = variable + " " + sign + " " + other;
                if (withPath) {
                    return "(" + isA(type.getKey(), variable, true) + " and " + isA(type.getKey(), other, true)
                            + " and " + compared + ")";
                }
                // Equality with a literal asks for its type too; an order of two types would be an error.
                return sign.equals("=")
                        ? compared
                        : "(" + isA(type.getKey(), variable, true) + " and " + compared + ")";
            }
        }
        throw new UncertainException("", operator + " has no certain counterpart in JSONata");
    }

    private static String isA(String type, String variable, boolean wanted) throws UncertainException {
        String asked = switch (type) {
            case "Present" -> "$exists(" + variable + ")";
            case "Null" -> variable + " = null";
            default -> {
                if (!TYPES.containsKey(type)) {
                    throw new UncertainException("", "Is" + type + " has no certain counterpart in JSONata");
                }
                yield "$type(" + variable + ") = \"" + TYPES.get(type) + "\"";
            }
        };
        return wanted ? asked : "$not(" + asked + ")";
    }
}
