package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.query.jsonata.base.JsonataException;
import dev.reprise.query.jsonata.regex.RegexMatcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The matches of a regular expression, or of a function that gives such matches, one after the other. */
sealed interface Matches {

    /** Goes to the next match; false when there is none. */
    boolean next();

    String match();

    int start();

    int end();

    /** The texts of the groups. */
    JsonNode groups();

    /** The match as the replacing function sees it. */
    JsonNode value();

    static Matches of(FunctionValue matcher, String text, Evaluation evaluation) {
        return matcher instanceof PatternValue pattern
                ? new OfPattern(pattern.in(text, evaluation), text, evaluation)
                : new OfFunction(matcher, text, evaluation);
    }

    /** By the engine's own patterns. */
    final class OfPattern implements Matches {
        private final RegexMatcher matcher;
        private final String text;
        private final Evaluation evaluation;
        private boolean started;

        private OfPattern(RegexMatcher matcher, String text, Evaluation evaluation) {
            this.matcher = matcher;
            this.text = text;
            this.evaluation = evaluation;
        }

        @Override
        public boolean next() {
            int from = started ? matcher.end() : 0;
            if ((started && from >= text.length()) || !matcher.find(from)) {
                return false;
            }
            if (started && matcher.end() == matcher.start()) {
                throw JsonataException.of("D1004");
            }
            started = true;
            return true;
        }

        @Override
        public String match() {
            evaluation.makeText((double) matcher.end() - matcher.start());
            return text.substring(matcher.start(), matcher.end());
        }

        @Override
        public int start() {
            return matcher.start();
        }

        @Override
        public int end() {
            return matcher.end();
        }

        @Override
        public JsonNode groups() {
            return PatternValue.groups(matcher, evaluation);
        }

        @Override
        public JsonNode value() {
            evaluation.make(6);
            JsonataObject value = new JsonataObject();
            value.members().put("match", TextNode.valueOf(match()));
            value.members().put("start", Values.number(start()));
            value.members().put("end", Values.number(end()));
            value.members().put("groups", groups());
            return value;
        }
    }

    /**
     * By a function that gives objects with {@code match}, {@code start}, {@code end}, {@code groups} and {@code next}.
     */
    final class OfFunction implements Matches {
        private final String text;
        private final Evaluation evaluation;
        private @Nullable JsonNode matcher;
        private @Nullable JsonNode current;

        private OfFunction(FunctionValue matcher, String text, Evaluation evaluation) {
            this.matcher = matcher;
            this.text = text;
            this.evaluation = evaluation;
        }

        @Override
        public boolean next() {
            if (matcher == null) {
                throw JsonataException.of("T1010");
            }
            List<@Nullable JsonNode> arguments = new ArrayList<>();
            if (current == null) {
                arguments.add(TextNode.valueOf(text));
            }
            current = evaluation.call(matcher, arguments);
            if (current == null) {
                return false;
            }
            JsonNode next = current.get("next");
            boolean match = current.path("start").isNumber()
                    || current.path("end").isNumber()
                    || current.path("groups").isArray()
                    || next instanceof FunctionValue;
            if (!match) {
                throw JsonataException.of("T1010");
            }
            matcher = next;
            return true;
        }

        private JsonNode member(String name) {
            JsonNode member = current == null ? null : current.get(name);
            if (member == null) {
                throw JsonataException.of("T1010");
            }
            return member;
        }

        @Override
        public String match() {
            return Texts.of(member("match"), false, evaluation);
        }

        @Override
        public int start() {
            return position("start");
        }

        @Override
        public int end() {
            return position("end");
        }

        private int position(String name) {
            return (int) Math.max(0, Math.min(text.length(), member(name).doubleValue()));
        }

        @Override
        public JsonNode groups() {
            return member("groups");
        }

        @Override
        public JsonNode value() {
            return current == null ? JsonataArray.array() : current;
        }
    }
}
