package dev.reprise.cli;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads calls of intrinsic functions and says them in JSONata, as far as a function there does the same.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html">AWS, Intrinsic
 *     functions</a>
 */
final class IntrinsicReader {

    private static final Pattern FUNCTION = Pattern.compile("States\\.([A-Za-z0-9]+)\\s*\\(\\s*");
    private static final Pattern PATH = Pattern.compile("\\$[^,()\\s]*");
    private static final Pattern TEXT = Pattern.compile("'((?:[^'\\\\]|\\\\['\\\\{}])*)'");
    private static final Pattern WORD = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?|true|false|null");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");

    private final String text;
    private final String root;
    private int at;

    /** @param root what {@code $} stands for, an expression */
    IntrinsicReader(String text, String root) {
        this.text = text;
        this.root = root;
    }

    String read() throws UncertainException {
        String call = argument();
        if (at < text.length()) {
            throw unclear();
        }
        return call;
    }

    /** The elements of a whole call of {@code States.Array}; null where it is another call. */
    @Nullable
    List<String> readArray() throws UncertainException {
        Matcher function = FUNCTION.matcher(text);
        if (!function.lookingAt() || !function.group(1).equals("Array")) {
            return null;
        }
        at = function.end();
        List<String> elements = arguments(true);
        if (at < text.length()) {
            throw unclear();
        }
        return elements;
    }

    private String argument() throws UncertainException {
        Matcher function = FUNCTION.matcher(text).region(at, text.length());
        if (function.lookingAt()) {
            at = function.end();
            return call(function.group(1));
        }
        String path = next(PATH);
        if (path != null) {
            return JsonataText.path(path, root);
        }
        String quoted = next(TEXT);
        if (quoted != null) {
            return literal(quoted.substring(1, quoted.length() - 1));
        }
        String word = next(WORD);
        if (word != null) {
            return word;
        }
        throw unclear();
    }

    /** As it stands in the call, with its quotes and escapes, where {@code States.Format} needs it so. */
    private String template() throws UncertainException {
        String quoted = next(TEXT);
        if (quoted == null) {
            throw new UncertainException("", "the template of States.Format is no text");
        }
        return quoted.substring(1, quoted.length() - 1);
    }

    private @Nullable String next(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        skipSpace();
        return matcher.group();
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static String literal(String escaped) throws UncertainException {
        String plain = escaped.replaceAll("\\\\(.)", "$1");
        if (plain.contains("%}")) {
            throw new UncertainException("", "has %} in a text");
        }
        return TextNode.valueOf(plain).toString();
    }

    private UncertainException unclear() {
        return new UncertainException("", "'" + text + "' is not understood at '" + text.substring(at) + "'");
    }

    private String call(String function) throws UncertainException {
        String template = function.equals("Format") ? template() : null;
        List<String> arguments = arguments(template == null);
        return template == null ? jsonata(function, arguments) : format(template, arguments);
    }

    /** Up to the end of a call. */
    private List<String> arguments(boolean first) throws UncertainException {
        List<String> arguments = new ArrayList<>();
        boolean next = first;
        while (at < text.length() && text.charAt(at) != ')') {
            if (!next) {
                if (text.charAt(at) != ',') {
                    throw unclear();
                }
                at++;
                skipSpace();
            }
            next = false;
            arguments.add(argument());
        }
        if (at == text.length()) {
            throw unclear();
        }
        at++;
        skipSpace();
        return arguments;
    }

    private static String jsonata(String function, List<String> arguments) throws UncertainException {
        String all = String.join(", ", arguments);
        return switch (function) {
            case "StringToJson" -> "$parse(" + all + ")";
            case "Base64Encode" -> "$base64encode(" + all + ")";
            case "Hash" -> "$hash(" + all + ")";
            case "UUID" -> "$uuid()";
            // Without brackets one number would be itself, and no chunk undefined.
            case "ArrayPartition" -> "[$partition(" + all + ")]";
            case "ArrayRange" -> "[$range(" + all + ")]";
            case "ArrayLength" -> "$count(" + all + ")";
            case "ArrayGetItem" -> item(arguments);
            case "MathAdd" -> sum(arguments);
            case "JsonMerge" -> merge(arguments);
            default ->
                throw new UncertainException("", "States." + function + " has no certain counterpart in JSONata");
        };
    }

    /** It adds whole numbers, and rounds what is none. */
    private static String sum(List<String> arguments) {
        return "("
                + String.join(
                        " + ",
                        arguments.stream()
                                .map(each -> WHOLE_NUMBER.matcher(each).matches() ? each : "$floor(" + each + " + 0.5)")
                                .toList())
                + ")";
    }

    private static String item(List<String> arguments) throws UncertainException {
        if (arguments.size() != 2 || !WHOLE_NUMBER.matcher(arguments.get(1)).matches()) {
            throw new UncertainException("", "States.ArrayGetItem with an index that is worked out");
        }
        return arguments.get(0) + "[" + arguments.get(1) + "]";
    }

    private static String merge(List<String> arguments) throws UncertainException {
        if (arguments.size() != 3) {
            throw new UncertainException("", "States.JsonMerge takes three arguments");
        }
        return "$merge([" + arguments.get(0) + ", " + arguments.get(1) + "])";
    }

    private static String format(String template, List<String> arguments) throws UncertainException {
        List<String> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        int next = 0;
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '\\' && i + 1 < template.length()) {
                plain.append(c).append(template.charAt(++i));
            } else if (template.startsWith("{}", i) && next < arguments.size()) {
                parts.add(literal(plain.toString()));
                plain.setLength(0);
                parts.add(arguments.get(next++));
                i++;
            } else {
                plain.append(c);
            }
        }
        if (next < arguments.size()) {
            throw new UncertainException("", "States.Format has more values than places for them");
        }
        parts.add(literal(plain.toString()));
        // The first makes a text of it whatever the others are.
        for (int i = parts.size() - 1; i > 0; i--) {
            if (parts.get(i).equals("\"\"")) {
                parts.remove(i);
            }
        }
        return parts.size() == 1 ? parts.getFirst() : "(" + String.join(" & ", parts) + ")";
    }
}
