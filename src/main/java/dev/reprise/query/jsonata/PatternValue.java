package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.query.jsonata.base.JsonataException;
import dev.reprise.query.jsonata.base.Meter;
import dev.reprise.query.jsonata.base.SyntaxException;
import dev.reprise.query.jsonata.regex.RegexMatcher;
import dev.reprise.query.jsonata.regex.RegexProgram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A regular expression as an expression's value. */
@SuppressWarnings("serial")
final class PatternValue extends FunctionValue {

    private final transient RegexProgram program;

    private PatternValue(RegexProgram program) {
        this.program = program;
    }

    /**
     * What is written as {@code literal}, with its slashes and flags.
     *
     * @throws SyntaxException when it is no regular expression
     */
    static PatternValue compile(String literal) {
        int end = literal.lastIndexOf('/');
        String flags = literal.substring(end + 1);
        return new PatternValue(
                RegexProgram.compile(literal.substring(1, end), flags.contains("i"), flags.contains("m")));
    }

    /** Looks for it in a text. */
    RegexMatcher in(String text, Meter meter) {
        return new RegexMatcher(program, text, meter);
    }

    @Override
    int parameters() {
        return 1;
    }

    /**
     * Applied like a function, as in {@code text ~> /pattern/}, it gives its first match, which has a function that
     * gives the next.
     */
    @Nullable
    JsonNode call(List<@Nullable JsonNode> arguments, Evaluation evaluation) {
        JsonNode text = arguments.isEmpty() ? null : arguments.get(0);
        return text != null && text.isTextual() ? next(in(text.textValue(), evaluation), 0, evaluation) : null;
    }

    private static @Nullable JsonNode next(RegexMatcher matcher, int from, Evaluation evaluation) {
        if (!matcher.find(from)) {
            return null;
        }
        evaluation.make(8);
        JsonataObject match = new JsonataObject();
        match.members().put("match", TextNode.valueOf(matcher.group(0)));
        match.members().put("start", Values.number(matcher.start()));
        match.members().put("end", Values.number(matcher.end()));
        match.members().put("groups", groups(matcher, evaluation));
        match.members().put("next", new Next(matcher));
        return match;
    }

    /** The texts of the groups; null where one took no part. */
    static JsonataArray groups(RegexMatcher matcher, Evaluation evaluation) {
        evaluation.make(matcher.groups());
        JsonataArray groups = JsonataArray.array();
        for (int i = 1; i <= matcher.groups(); i++) {
            String group = matcher.group(i);
            groups.items().add(group == null ? NullNode.getInstance() : TextNode.valueOf(group));
        }
        return groups;
    }

    /** Gives the match after one. */
    static final class Next extends FunctionValue {
        private final transient RegexMatcher matcher;
        private final int from;

        private Next(RegexMatcher matcher) {
            this.matcher = matcher;
            this.from = matcher.end();
        }

        @Override
        int parameters() {
            return 0;
        }

        @Nullable
        JsonNode call(Evaluation evaluation) {
            JsonNode match = next(matcher, from, evaluation);
            if (match != null && match.path("match").textValue().isEmpty()) {
                throw JsonataException.of("D1004");
            }
            return match;
        }
    }
}
