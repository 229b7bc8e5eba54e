package dev.reprise.query.jsonpath;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads regular expressions in Java's syntax, except for what cannot be decided in work that grows with the text:
 * references back, looks ahead and behind, possessive repetition.
 */
final class RegexParser {

    private static final int DEEPEST = 100;
    private static final int LONGEST = 10_000;

    private final String text;
    private int at;
    private int flags;

    private RegexParser(String text, int flags) {
        this.text = text;
        this.flags = flags;
    }

    static Regex parse(String text, boolean ignoringCase) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a regular expression is longer than " + LONGEST + " characters");
        }
        RegexParser parser = new RegexParser(text, ignoringCase ? Pattern.CASE_INSENSITIVE : 0);
        Regex regex = parser.choice(0);
        if (parser.more()) {
            throw parser.wrong("a ) closes nothing");
        }
        return regex;
    }

    private Regex choice(int depth) {
        if (depth > DEEPEST) {
            throw wrong("more than " + DEEPEST + " groups are nested");
        }
        List<Regex> parts = new ArrayList<>();
        parts.add(sequence(depth));
        while (take('|')) {
            parts.add(sequence(depth));
        }
        return parts.size() == 1 ? parts.getFirst() : new Regex.Choice(parts);
    }

    private Regex sequence(int depth) {
        List<Regex> parts = new ArrayList<>();
        while (more() && peek() != '|' && peek() != ')') {
            parts.add(repeated(part(depth)));
        }
        return new Regex.Sequence(parts);
    }

    private Regex repeated(Regex part) {
        int fewest = 0;
        int most = Regex.ANY;
        if (take('?')) {
            most = 1;
        } else if (take('+')) {
            fewest = 1;
        } else if (take('{')) {
            fewest = number();
            most = !take(',') ? fewest : peek() == '}' ? Regex.ANY : number();
            if (!take('}') || (most != Regex.ANY && most < fewest)) {
                throw wrong("a repetition is {n}, {n,} or {n,m}");
            }
        } else if (!take('*')) {
            return part;
        }
        if (!take('?') && take('+')) {
            throw wrong("possessive repetition is not supported");
        }
        return new Regex.Repeated(part, fewest, most);
    }

    private int number() {
        int start = at;
        while (more() && Character.isDigit(peek())) {
            at++;
        }
        try {
            return Integer.parseInt(text.substring(start, at));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("in the regular expression '" + text + "' a number is missing", e);
        }
    }

    private Regex part(int depth) {
        char c = peek();
        return switch (c) {
            case '(' -> group(depth);
            case '[' -> new Regex.One(codePoints(characterClass()));
            case '\\' -> escaped();
            case '^' -> place(Regex.Boundary.BEGINNING, 1);
            case '$' -> place(Regex.Boundary.LAST_LINE_END, 1);
            case '*', '+', '?', '{' -> throw wrong("there is nothing to repeat before " + c);
            case '.' -> {
                at++;
                yield new Regex.One(codePoints("."));
            }
            default -> literal();
        };
    }

    private Regex place(Regex.Boundary boundary, int length) {
        at += length;
        return new Regex.Place(boundary);
    }

    private Regex literal() {
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        return new Regex.One(same(c));
    }

    /** Without regard to case, as Java has it: for the letters of ASCII. */
    private IntPredicate same(int c) {
        boolean letter = c < 0x80 && Character.isLetter(c);
        if (letter && (flags & Pattern.CASE_INSENSITIVE) != 0) {
            int lower = Character.toLowerCase(c);
            int upper = Character.toUpperCase(c);
            return other -> other == lower || other == upper;
        }
        return other -> other == c;
    }

    private Regex group(int depth) {
        int outside = flags;
        at++;
        if (take('?')) {
            if (text.startsWith("<", at) && !text.startsWith("<=", at) && !text.startsWith("<!", at)) {
                at = text.indexOf('>', at) + 1;
                if (at == 0) {
                    throw wrong("a group's name has no end");
                }
            } else if (flagsOnly()) {
                if (more() && "*+?{".indexOf(peek()) >= 0) {
                    throw wrong("there is nothing to repeat before " + peek());
                }
                return new Regex.Sequence(List.of());
            }
        }
        Regex inside = choice(depth + 1);
        if (!take(')')) {
            throw wrong("a group is not closed");
        }
        flags = outside;
        return inside;
    }

    /**
     * Reads {@code :}, {@code i:} or {@code i)}; true for the last form, which holds up to the end of the group around
     * it.
     */
    private boolean flagsOnly() {
        while (more() && peek() != ':' && peek() != ')') {
            flags |= switch (peek()) {
                case 'i' -> Pattern.CASE_INSENSITIVE;
                case 's' -> Pattern.DOTALL;
                default -> throw wrong("(?" + peek() + " is not supported");
            };
            at++;
        }
        if (take(')')) {
            return true;
        }
        at++;
        return false;
    }

    private Regex escaped() {
        if (at + 1 == text.length()) {
            throw wrong("a backslash stands at the end");
        }
        char c = text.charAt(at + 1);
        return switch (c) {
            case 'A' -> place(Regex.Boundary.BEGINNING, 2);
            case 'Z' -> place(Regex.Boundary.LAST_LINE_END, 2);
            case 'z' -> place(Regex.Boundary.END, 2);
            case 'b' -> place(Regex.Boundary.WORD, 2);
            case 'B' -> place(Regex.Boundary.NO_WORD, 2);
            case 'Q' -> quoted();
            case 'G', 'k', 'R', 'X', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
                throw wrong("\\" + c + " is not supported");
            default -> new Regex.One(codePoints(escape(c)));
        };
    }

    private Regex quoted() {
        int end = text.indexOf("\\E", at);
        String quoted = text.substring(at + 2, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 2;
        List<Regex> parts = new ArrayList<>();
        quoted.codePoints().forEach(c -> parts.add(new Regex.One(same(c))));
        return new Regex.Sequence(parts);
    }

    /** An escape that stands for one code point. */
    private String escape(char kind) {
        int start = at;
        int length = switch (kind) {
            case 'x' -> 4;
            case 'u' -> 6;
            case 'c' -> 3;
            case 'p', 'P' -> 3;
            case '0' -> throw wrong("octal escapes are not supported");
            default -> 1 + Character.charCount(text.codePointAt(at + 1));
        };
        if (at + 2 < text.length() && text.charAt(at + 2) == '{' && "xpPN".indexOf(kind) >= 0) {
            length = text.indexOf('}', at) + 1 - at;
        }
        at = Math.clamp((long) start + length, start + 2, text.length());
        return text.substring(start, at);
    }

    private String characterClass() {
        int start = at;
        int open = 0;
        boolean first = false;
        while (more()) {
            char c = text.charAt(at++);
            if (c == '\\') {
                at++;
            } else if (c == '[') {
                open++;
                if (open > DEEPEST) {
                    throw wrong("more than " + DEEPEST + " classes are nested");
                }
                at += more() && peek() == '^' ? 1 : 0;
                first = true;
                continue;
            } else if (c == ']' && !first && --open == 0) {
                return text.substring(start, at);
            }
            first = false;
        }
        throw wrong("a class is not closed");
    }

    /** What Java accepts for an expression that stands for one code point. */
    private IntPredicate codePoints(String expression) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(expression, flags);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("in the regular expression '" + text + "' " + e.getDescription(), e);
        }
        boolean[] ascii = new boolean[0x80];
        for (int c = 0; c < ascii.length; c++) {
            ascii[c] = pattern.matcher(Character.toString(c)).matches();
        }
        return c -> c < ascii.length
                ? ascii[c]
                : pattern.matcher(Character.toString(c)).matches();
    }

    private boolean more() {
        return at < text.length();
    }

    private char peek() {
        if (!more()) {
            throw wrong("something is missing at the end");
        }
        return text.charAt(at);
    }

    private boolean take(char c) {
        if (more() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("in the regular expression '" + text + "' " + what);
    }
}
