package dev.reprise.query;

import com.dashjoin.jsonata.Jsonata.JFunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression as an expression's value. Matching is stopped when the evaluation's time is over, since a pattern can take longer than the universe has; the engine's own patterns are not.
 */
final class JsonataPattern extends JFunction {

    private final Pattern pattern;

    /** What is written as {@code literal}, with its slashes and flags. */
    JsonataPattern(String literal) {
        super((input, arguments) -> null, "<x:x>");
        int end = literal.lastIndexOf('/');
        String flags = literal.substring(end + 1);
        this.pattern = Pattern.compile(
                literal.substring(1, end),
                (flags.contains("i") ? Pattern.CASE_INSENSITIVE : 0) | (flags.contains("m") ? Pattern.MULTILINE : 0));
    }

    /** Finds it in {@code text}, for as long as the evaluation may take. */
    Matcher matcher(String text) {
        return pattern.matcher(new TimedText(text, JsonataEvaluation.current().bounds()));
    }

    /** Applied like a function, as in {@code text ~> /pattern/}, it gives its first match, which has a function that gives the next. */
    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Object call(@Nullable Object input, List arguments) {
        return !arguments.isEmpty() && arguments.get(0) instanceof String text ? next(matcher(text)) : null;
    }

    private static @Nullable Map<String, Object> next(Matcher matcher) {
        if (!matcher.find()) {
            return null;
        }
        Map<String, Object> match = new LinkedHashMap<>();
        match.put("match", matcher.group());
        match.put("start", matcher.start());
        match.put("end", matcher.end());
        match.put("groups", List.of(matcher.group()));
        match.put("next", new JFunction((input, arguments) -> next(matcher), null));
        return match;
    }

    @Override
    public int getNumberOfArgs() {
        return 1;
    }

    /** Text that looks at the clock while it is read. */
    private record TimedText(String text, JsonataBounds bounds) implements CharSequence {

        @Override
        public char charAt(int index) {
            bounds.step();
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
