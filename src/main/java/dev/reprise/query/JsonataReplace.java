package dev.reprise.query;

import com.dashjoin.jsonata.JException;
import dev.reprise.query.JsonataFunctions.Named;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** {@code $replace}, by the reference implementation's rules for what {@code $} means in a replacement. */
final class JsonataReplace {

    private final String text;
    private final Object replacement;
    private final int most;
    private final StringBuilder replaced = new StringBuilder();

    private JsonataReplace(String text, Object replacement, int most) {
        this.text = text;
        this.replacement = replacement;
        this.most = most;
    }

    static List<Named> all() {
        return List.of(Named.of(
                "replace",
                "<s-(sf)(sf)n?:s>",
                4,
                arguments -> replace(
                        (String) arguments.get(0), arguments.get(1), arguments.get(2), (Number) arguments.get(3))));
    }

    private static @Nullable String replace(
            @Nullable String text, @Nullable Object sought, @Nullable Object replacement, @Nullable Number limit) {
        if (text == null || sought == null || replacement == null) {
            return null;
        }
        if (sought.equals("")) {
            throw new JException("D3010", -1);
        }
        JsonataReplace replace = new JsonataReplace(text, replacement, JsonataPatterns.limit(limit, "D3011"));
        return sought instanceof String literal
                ? replace.literal(literal)
                : replace.pattern(JsonataPatterns.pattern(sought, "replace"));
    }

    private String literal(String sought) {
        int from = 0;
        int at = text.indexOf(sought);
        for (int count = 0; count < most && at >= 0; count++) {
            append(text.substring(from, at));
            append(String.valueOf(replacement));
            from = at + sought.length();
            at = text.indexOf(sought, from);
        }
        append(text.substring(from));
        return replaced.toString();
    }

    private String pattern(JsonataPattern pattern) {
        Matcher matcher = pattern.matcher(text);
        int from = 0;
        for (int count = 0; count < most && matcher.find(); count++) {
            append(text.substring(from, matcher.start()));
            append(forMatch(matcher));
            from = matcher.end();
        }
        append(text.substring(from));
        return replaced.toString();
    }

    private String forMatch(Matcher matcher) {
        var match = JsonataPatterns.match(matcher);
        if (replacement instanceof String template) {
            return filled(template, matcher);
        }
        if (JsonataCalls.call(replacement, List.of(match)) instanceof String value) {
            return value;
        }
        throw new JException("D3012", -1);
    }

    /** {@code $0} is the match, {@code $1} its first group, {@code $$} a dollar sign. */
    private static String filled(String template, Matcher matcher) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at++);
            if (c != '$' || at == template.length()) {
                filled.append(c);
            } else if (template.charAt(at) == '$') {
                filled.append('$');
                at++;
            } else if (template.charAt(at) == '0') {
                filled.append(matcher.group());
                at++;
            } else {
                int end = endOfGroup(template, at, matcher.groupCount());
                if (end == at) {
                    filled.append('$');
                } else {
                    int group = Integer.parseInt(template, at, end, 10);
                    String value = group <= matcher.groupCount() ? matcher.group(group) : null;
                    filled.append(value == null ? "" : value);
                    at = end;
                }
            }
        }
        return filled.toString();
    }

    /** As many digits as the number of groups has, one fewer if that names no group. */
    private static int endOfGroup(String template, int from, int groups) {
        int longest = String.valueOf(groups).length();
        int end = from;
        while (end < template.length() && end < from + longest && Character.isDigit(template.charAt(end))) {
            end++;
        }
        boolean beyond = end > from + 1 && Integer.parseInt(template, from, end, 10) > groups;
        return beyond ? end - 1 : end;
    }

    private void append(String part) {
        replaced.append(part);
        JsonataEvaluation.current().bounds().checkLength(replaced.length());
    }
}
