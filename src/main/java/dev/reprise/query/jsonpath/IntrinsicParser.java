package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.reprise.query.jsonpath.IntrinsicCall.Argument;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Reads calls of intrinsic functions. Each method leaves {@code at} behind what it has read. */
final class IntrinsicParser {

    /** AWS: up to ten intrinsic functions may be nested in a field. */
    private static final int DEEPEST = 10;

    private final String text;
    private int at;

    private IntrinsicParser(String text) {
        this.text = text;
    }

    /** Whether {@code text} is meant as a call rather than as a path. */
    static boolean isCall(String text) {
        return text.startsWith("States.");
    }

    /**
     * Reads a whole field.
     *
     * @throws IllegalArgumentException when it is not a well-formed call of a known function
     */
    static IntrinsicCall parse(String text) {
        IntrinsicParser parser = new IntrinsicParser(text);
        IntrinsicCall call = parser.call(1);
        parser.skipSpace();
        if (parser.at < text.length()) {
            throw parser.wrong("nothing may follow the call");
        }
        return call;
    }

    private IntrinsicCall call(int depth) {
        if (depth > DEEPEST) {
            throw wrong("at most " + DEEPEST + " functions may be nested");
        }
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        String name = text.substring(start, at);
        IntrinsicFunction function = IntrinsicFunction.named(name);
        if (function == null) {
            throw wrong("there is no intrinsic function '" + name + "'");
        }
        skipSpace();
        expect('(');
        List<Argument> arguments = new ArrayList<>();
        skipSpace();
        if (peek() != ')') {
            arguments.add(argument(depth, function.takesTemplate()));
            while (peek() == ',') {
                at++;
                skipSpace();
                arguments.add(argument(depth, false));
            }
        }
        expect(')');
        if (!function.accepts(arguments.size())) {
            throw wrong(name + " does not take " + arguments.size() + " arguments");
        }
        return new IntrinsicCall(text.substring(start, at), function, arguments);
    }

    private Argument argument(int depth, boolean template) {
        char first = peek();
        Argument argument = switch (first) {
            case '\'' -> new Argument.Literal(JsonNodeFactory.instance.textNode(string(template)));
            case '$' -> new Argument.Selected(Path.compile(path()));
            case 'S' -> new Argument.Nested(call(depth + 1));
            default -> new Argument.Literal(word());
        };
        skipSpace();
        return argument;
    }

    /**
     * A string in single quotes, in which a backslash takes its meaning from {@code '}, <code>{</code>, <code>}</code>
     * and itself. A template of {@code States.Format} keeps its escapes: there <code>\{}</code> differs from a bare
     * placeholder.
     */
    private String string(boolean template) {
        StringBuilder value = new StringBuilder();
        at++;
        while (peek() != '\'') {
            char c = text.charAt(at++);
            if (c == '\\') {
                char escaped = peek();
                if ("'\\{}".indexOf(escaped) < 0) {
                    throw wrong("a backslash may only stand before ', {, } and another backslash");
                }
                if (template) {
                    value.append(c);
                }
                c = escaped;
                at++;
            }
            value.append(c);
        }
        at++;
        return value.toString();
    }

    /**
     * A path ends at the comma or parenthesis that belongs to the call: outside of its own brackets, parentheses and
     * strings.
     */
    private String path() {
        int start = at;
        int open = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'' || c == '"') {
                int end = text.indexOf(c, at + 1);
                if (end < 0) {
                    throw wrong("a string has no end");
                }
                at = end;
            } else if (c == '[' || c == '(') {
                open++;
            } else if (open > 0 && (c == ']' || c == ')')) {
                open--;
            } else if (open == 0 && (c == ',' || c == ')')) {
                break;
            }
            at++;
        }
        return text.substring(start, at).stripTrailing();
    }

    private JsonNode word() {
        int start = at;
        while (at < text.length() && inWord(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        return switch (word) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            case "null" -> NullNode.getInstance();
            default -> number(word);
        };
    }

    private static boolean inWord(char c) {
        return Character.isLetterOrDigit(c) || c == '+' || c == '-' || c == '.';
    }

    private JsonNode number(String word) {
        try {
            BigDecimal value = new BigDecimal(word);
            boolean integer = word.chars().allMatch(c -> c == '-' || Character.isDigit(c)) && value.precision() <= 18;
            return integer
                    ? Numbers.node(value.longValueExact())
                    : JsonNodeFactory.instance.numberNode(value.doubleValue());
        } catch (NumberFormatException e) {
            throw wrong("'" + word
                    + "' is no argument: write a path, a call, a number, true, false, null or a string in"
                    + " single quotes");
        }
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("it ends too early");
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw wrong("'" + c + "' expected at position " + at);
        }
        at++;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("'" + text + "' is not an intrinsic function call: " + what);
    }
}
