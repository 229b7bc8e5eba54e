package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ExpressionChecker;
import dev.reprise.asl.ExpressionChecker.Language;
import java.util.List;
import java.util.Map;

/**
 * Strings between <code>{%</code> and <code>%}</code>, alone or inside a template.
 *
 * @see <a href="https://states-language.net/#jsonata-string">ASL, JSONata strings</a>
 */
final class Jsonata {

    private static final String OPEN = "{%";
    private static final String CLOSE = "%}";

    /** An expression and nothing else. */
    static final FieldType EXPRESSION = (value, place, checking) -> {
        if (isExpression(value)) {
            checkExpression(expression(value), place, checking);
        } else {
            Values.mustBe("a JSONata expression between {% and %}", "String", value, place, checking);
        }
    };

    /** Any JSON, with expressions wherever a string may stand. */
    static final FieldType TEMPLATE = Jsonata::checkTemplate;

    /** An object with expressions inside, or an expression that gives one. */
    static final FieldType OBJECT_TEMPLATE = (value, place, checking) -> {
        if (value.isObject() || isExpression(value)) {
            checkTemplate(value, place, checking);
        } else {
            Values.mustBe("an object or a JSONata expression", "Object", value, place, checking);
        }
    };

    private Jsonata() {}

    static boolean isExpression(JsonNode value) {
        return value.isTextual() && isExpression(value.textValue());
    }

    private static boolean isExpression(String text) {
        return text.length() >= OPEN.length() + CLOSE.length() && text.startsWith(OPEN) && text.endsWith(CLOSE);
    }

    /** The text between the delimiters. */
    static String expression(JsonNode value) {
        String text = value.textValue();
        return text.substring(OPEN.length(), text.length() - CLOSE.length()).strip();
    }

    private static void checkExpression(String expression, Place place, Checking checking) {
        List<ExpressionChecker.Problem> problems =
                checking.expressions().problemsWithJsonata(expression, checking.visible());
        for (ExpressionChecker.Problem problem : problems) {
            checking.problems().error(problem.code(), place, problem.message(), null);
        }
        if (problems.isEmpty() && mayReadVariables(expression)) {
            checking.scope().read(checking.expressions().variables(Language.JSONATA, expression), place);
        }
    }

    /** Most expressions read only {@code $states}, and need no second look. */
    private static boolean mayReadVariables(String expression) {
        int dollar = expression.indexOf('$');
        while (dollar >= 0 && expression.startsWith("$states", dollar)) {
            dollar = expression.indexOf('$', dollar + 1);
        }
        return dollar >= 0;
    }

    private static void checkTemplate(JsonNode value, Place place, Checking checking) {
        switch (value.getNodeType()) {
            case OBJECT -> {
                for (Map.Entry<String, JsonNode> member : value.properties()) {
                    checkTemplate(member.getValue(), place.member(member.getKey()), checking);
                }
            }
            case ARRAY -> {
                for (int i = 0; i < value.size(); i++) {
                    checkTemplate(value.get(i), place.element(i), checking);
                }
            }
            case STRING -> checkString(value, place, checking);
            default -> {}
        }
    }

    private static void checkString(JsonNode value, Place place, Checking checking) {
        String text = value.textValue();
        if (isExpression(text)) {
            EXPRESSION.check(value, place, checking);
        } else if (text.startsWith(OPEN) != text.endsWith(CLOSE)) {
            checking.problems().error(place, "JSONata string must start with {% and end with %}");
        }
    }
}
