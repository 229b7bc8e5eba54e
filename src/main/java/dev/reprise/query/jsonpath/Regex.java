package dev.reprise.query.jsonpath;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * A part of a regular expression, as far as it decides whether a whole text matches: what it captures does not count,
 * nor whether it is greedy.
 */
sealed interface Regex {

    /** One code point. */
    record One(IntPredicate accepted) implements Regex {}

    /** A place between two code points. */
    record Place(Boundary boundary) implements Regex {}

    /** One after the other. */
    record Sequence(List<Regex> parts) implements Regex {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** Any of them. */
    record Choice(List<Regex> parts) implements Regex {
        public Choice {
            parts = List.copyOf(parts);
        }
    }

    /**
     * So many times.
     *
     * @param most {@link #ANY} for no bound
     */
    record Repeated(Regex part, int fewest, int most) implements Regex {}

    /** No bound on repetition. */
    int ANY = -1;

    /** Kinds of places. */
    enum Boundary {
        /** <code>^</code> */
        BEGINNING,
        /** <code>$</code>: the end, or before a line's end that stands there. */
        LAST_LINE_END,
        /** <code>\z</code> */
        END,
        /** <code>\b</code> */
        WORD,
        /** <code>\B</code> */
        NO_WORD;

        boolean isAt(int[] text, int at) {
            return switch (this) {
                case BEGINNING -> at == 0;
                case END -> at == text.length;
                case LAST_LINE_END -> at == text.length || isLastLineEnd(text, at);
                case WORD -> isWord(text, at - 1) != isWord(text, at);
                case NO_WORD -> isWord(text, at - 1) == isWord(text, at);
            };
        }

        private static boolean isLastLineEnd(int[] text, int at) {
            int left = text.length - at;
            if (left == 2) {
                return text[at] == '\r' && text[at + 1] == '\n';
            }
            boolean amidLineEnd = left == 1 && text[at] == '\n' && at > 0 && text[at - 1] == '\r';
            return left == 1 && isLineEnd(text[at]) && !amidLineEnd;
        }

        private static boolean isLineEnd(int c) {
            return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
        }

        private static boolean isWord(int[] text, int at) {
            if (at < 0 || at >= text.length) {
                return false;
            }
            int c = text[at];
            return c == '_' || (c < 0x80 ? Character.isLetterOrDigit(c) : false);
        }
    }
}
