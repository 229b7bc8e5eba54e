package dev.reprise.query;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Utils;
import dev.reprise.query.JsonataFunctions.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** The functions that take a regular expression. */
final class JsonataPatterns {

    private JsonataPatterns() {}

    static List<Named> all() {
        return List.of(
                Named.of(
                        "contains",
                        "<s-(sf):b>",
                        2,
                        arguments -> contains((String) arguments.get(0), arguments.get(1))),
                Named.of(
                        "match",
                        "<s-f<s:o>n?:a<o>>",
                        3,
                        arguments -> match((String) arguments.get(0), arguments.get(1), (Number) arguments.get(2))),
                Named.of(
                        "split",
                        "<s-(sf)n?:a<s>>",
                        3,
                        arguments -> split((String) arguments.get(0), arguments.get(1), (Number) arguments.get(2))));
    }

    private static @Nullable Boolean contains(@Nullable String text, @Nullable Object sought) {
        if (text == null || !(sought instanceof JsonataPattern pattern)) {
            return Functions.contains(text, sought);
        }
        return pattern.matcher(text).find();
    }

    private static @Nullable List<Object> match(
            @Nullable String text, @Nullable Object pattern, @Nullable Number limit) {
        if (text == null) {
            return null;
        }
        List<Object> found = Utils.createSequence();
        Matcher matcher = pattern(pattern, "match").matcher(text);
        while (found.size() < limit(limit, "D3040") && matcher.find()) {
            found.add(match(matcher));
        }
        return found;
    }

    /** What a match shows of itself to an expression. */
    static Map<String, Object> match(Matcher matcher) {
        if (matcher.end() == matcher.start()) {
            throw new JException("D1004", -1);
        }
        List<Object> groups = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            groups.add(matcher.group(i));
        }
        Map<String, Object> match = new LinkedHashMap<>();
        match.put("match", matcher.group());
        match.put("index", matcher.start());
        match.put("groups", groups);
        return match;
    }

    private static @Nullable List<?> split(@Nullable String text, @Nullable Object separator, @Nullable Number limit) {
        if (text == null) {
            return null;
        }
        int most = limit(limit, "D3020");
        if (!(separator instanceof JsonataPattern pattern)) {
            return Functions.split(text, separator, limit);
        }
        if (most == 0) {
            return new ArrayList<>();
        }
        List<Object> parts = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        int from = 0;
        while (parts.size() < most && matcher.find()) {
            if (matcher.end() == matcher.start()) {
                throw new JException("D1004", -1);
            }
            parts.add(text.substring(from, matcher.start()));
            from = matcher.end();
        }
        if (parts.size() < most) {
            parts.add(text.substring(from));
        }
        return parts;
    }

    /** How many are wanted; a negative number is the error {@code code}. */
    static int limit(@Nullable Number limit, String code) {
        if (limit == null) {
            return Integer.MAX_VALUE;
        }
        if (limit.doubleValue() < 0) {
            throw new JException(code, -1);
        }
        return (int) Math.min(Math.ceil(limit.doubleValue()), Integer.MAX_VALUE);
    }

    /** The engine knows regular expressions as matchers, and no functions that behave like one. */
    static JsonataPattern pattern(@Nullable Object pattern, String function) {
        if (pattern instanceof JsonataPattern regex) {
            return regex;
        }
        throw new JException("T1010", -1, function);
    }
}
