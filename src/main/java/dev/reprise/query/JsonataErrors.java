package dev.reprise.query;

import com.dashjoin.jsonata.JException;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The engine's errors in the words of the JSONata reference implementation, which are AWS's: dashjoin says {@code Object} for {@code function}, puts numbers in quotes, and leaves some places
 * empty.
 */
final class JsonataErrors {

    private static final Pattern CODE = Pattern.compile("[A-Z]\\d{4}");
    private static final Pattern CALL = Pattern.compile("\\$(\\w+)\\s*\\(");
    private static final Pattern COMPARISON = Pattern.compile("[<>]=?");

    /** Stand for the values in a template until it is known how it wants them. */
    private static final String FIRST = "\u0001";

    private static final String SECOND = "\u0002";

    /** What {@code T0412} calls the elements of an array, by the type in the function's signature. */
    private static final Map<String, String> ELEMENTS =
            Map.of("a", "arrays", "b", "booleans", "f", "functions", "n", "numbers", "o", "objects", "s", "strings");

    /** Texts that the engine throws without their code. */
    private static final Map<String, String> CODES = Map.of(
            "Second argument of replace function cannot be an empty string", "D3010",
            "Fourth argument of replace function must evaluate to a positive number", "D3011");

    /** How the texts begin that the engine throws as errors of Java's own, with the codes that belong to them. */
    private static final Map<String, String> BY_TEXT = Map.of(
            "Formatting or parsing an integer as a sequence", "D3130",
            "In a decimal digit pattern", "D3131",
            "Unknown component specifier", "D3132",
            "The 'name' modifier can only be", "D3133",
            "The timezone integer format specifier", "D3134",
            "No matching closing bracket", "D3135",
            "The date/time picture string is missing", "D3136");

    private JsonataErrors() {}

    /** What happened when {@code expression} was evaluated, after the words that name it. */
    static String describe(Throwable thrown, String expression, QueryLimits limits) {
        Throwable cause = thrown;
        // The engine calls its functions by reflection, which wraps what they throw.
        while (!(cause instanceof JException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case JException error -> describe(error, expression);
            case StackOverflowError error -> describe(JsonataBounds.tooDeep(limits.depth() + 1, limits), expression);
            case OutOfMemoryError error -> describe(JsonataBounds.tooLarge(), expression);
            case NumberFormatException error ->
                "threw an error during evaluation. D3030: Unable to cast value to a number: " + notNumber(error);
            default -> withoutCode(String.valueOf(cause.getMessage()), cause);
        };
    }

    /** The text of a syntax error, without its code. */
    static String text(JException error, String expression) {
        return message(error.getError(), error, expression);
    }

    /** The engine throws some of its errors by their text alone. */
    private static String withoutCode(String message, Throwable cause) {
        for (Map.Entry<String, String> code : BY_TEXT.entrySet()) {
            if (message.startsWith(code.getKey())) {
                return "threw an error during evaluation. " + code.getValue() + ": " + quoted(message);
            }
        }
        return "threw an internal error during evaluation: " + cause;
    }

    /** Puts the value in quotes that such a text names. */
    private static String quoted(String message) {
        return message.replaceFirst("(starting with|component specifier) ([^\" ]+) ", "$1 \"$2\" ")
                .replaceFirst(", not (\\S+)$", ", not \"$1\"");
    }

    /** Java says {@code For input string: "x"}. */
    private static String notNumber(NumberFormatException error) {
        String message = String.valueOf(error.getMessage());
        return message.indexOf('"') < 0 ? message : message.substring(message.indexOf('"'));
    }

    private static String describe(JException error, String expression) {
        String code = CODES.getOrDefault(error.getError(), error.getError());
        return "threw an error during evaluation"
                + (CODE.matcher(code).matches() ? ". " + code + ": " + message(code, error, expression) : ": " + code);
    }

    private static String message(String code, JException error, String expression) {
        return switch (code) {
            case "D3137", "D3141" -> String.valueOf(error.getCurrent());
            case "T0410" -> argument(error.getCurrent(), error.getExpected(), "does not match function signature");
            case "T0411" ->
                "Context value is not a compatible type with argument " + error.getExpected() + " of function \""
                        + functionAt(error, expression) + "\"";
            case "T0412" ->
                argument(
                        1,
                        functionAt(error, expression),
                        "must be an array of \"" + ELEMENTS.getOrDefault(String.valueOf(error.getExpected()), "values")
                                + "\"");
            // The engine's sort compares the later of two values with the earlier one.
            case "T2007" ->
                "Type mismatch when comparing values " + json(error.getExpected()) + " and " + json(error.getCurrent())
                        + " in order-by clause";
            case "D3100" ->
                "The radix of the formatBase function must be between 2 and 36.  It was given " + error.getLocation();
            case "D3140" -> "Malformed URL passed to $" + error.getCurrent() + "(): " + json(error.getExpected());
            case "D1002" -> "Cannot negate a non-numeric value: " + json(error.getExpected());
            case "T2009" ->
                "The values " + json(error.getCurrent()) + " and " + json(error.getExpected())
                        + " either side of operator " + operator(expression) + "must be of the same data type";
            case "D3010" -> "Second argument of replace function cannot be an empty string";
            case "D3011" -> "Fourth argument of replace function must evaluate to a positive number";
            default -> fromTemplate(code, error);
        };
    }

    private static String argument(@Nullable Object index, @Nullable Object function, String what) {
        return "Argument " + index + " of function \"" + function + "\" " + what;
    }

    private static String fromTemplate(String code, JException error) {
        String template = JException.msg(code, 0, FIRST, SECOND)
                .replaceAll("\\bObject\\b", "function")
                .replace("\"" + FIRST + "\"", FIRST)
                .replace("\"" + SECOND + "\"", SECOND)
                .replace('"', '\'');
        return template.replace(FIRST, json(error.getCurrent())).replace(SECOND, json(error.getExpected()));
    }

    /** The only comparison operator of the expression, quoted; nothing where there are several. */
    private static String operator(String expression) {
        var operators = COMPARISON
                .matcher(expression)
                .results()
                .map(result -> result.group())
                .distinct()
                .toList();
        return operators.size() == 1 ? "\"" + operators.get(0) + "\" " : "";
    }

    /** The function whose call stands at the error's place: the last one that begins before it. */
    private static String functionAt(JException error, String expression) {
        Matcher calls = CALL.matcher(expression);
        String name = "";
        while (calls.find() && (name.isEmpty() || calls.start() < error.getLocation())) {
            name = calls.group(1);
        }
        return name;
    }

    private static String json(@Nullable Object value) {
        try {
            return JsonataValues.node(value).toString();
        } catch (JsonataValues.NotJson e) {
            // The engine's parser names its symbols by single characters.
            return TextNode.valueOf(String.valueOf(value)).toString();
        }
    }
}
