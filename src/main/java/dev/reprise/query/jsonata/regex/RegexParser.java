package dev.reprise.query.jsonata.regex;

import dev.reprise.query.jsonata.base.SyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a regular expression as JavaScript has it, and what Java has besides: flags within, possessive quantifiers,
 * atomic groups, {@code \Q…\E}, {@code \A}, {@code \z}, named sets.
 *
 * @see <a href="https://tc39.es/ecma262/#sec-patterns">ECMAScript, patterns</a>
 */
final class RegexParser {

    private static final int DEEPEST = 100;
    private static final int MOST = 100_000;

    private final String text;
    private final int groups;
    private final Map<String, Integer> names = new HashMap<>();
    private boolean anyCase;
    private boolean lines;
    private boolean dotAll;
    private int at;
    private int group;
    private int depth;

    private RegexParser(String text, boolean anyCase, boolean lines) {
        this.text = text;
        this.anyCase = anyCase;
        this.lines = lines;
        this.groups = count(text);
    }

    /** How many groups there are is known before a reference is read. */
    private static int count(String text) {
        int count = 0;
        boolean inSet = false;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '[' -> inSet = true;
                case ']' -> inSet = false;
                case '(' -> {
                    boolean named = text.startsWith("?<", i + 1)
                            && !text.startsWith("?<=", i + 1)
                            && !text.startsWith("?<!", i + 1);
                    count += !inSet && (named || !text.startsWith("?", i + 1)) ? 1 : 0;
                }
                default -> {}
            }
        }
        return count;
    }

    /**
     * Reads {@code text}.
     *
     * @throws SyntaxException when it is no regular expression
     */
    static RegexNode parse(String text, boolean anyCase, boolean lines) {
        RegexParser parser = new RegexParser(text, anyCase, lines);
        RegexNode node = parser.choice();
        if (parser.at < text.length()) {
            throw parser.wrong("unmatched )");
        }
        return node;
    }

    private SyntaxException wrong(String what) {
        return new SyntaxException("Invalid regular expression: /" + text + "/: " + what);
    }

    private boolean more() {
        return at < text.length();
    }

    private boolean take(String expected) {
        if (text.startsWith(expected, at)) {
            at += expected.length();
            return true;
        }
        return false;
    }

    private RegexNode choice() {
        if (++depth > DEEPEST) {
            throw wrong("nested too deep");
        }
        List<RegexNode> parts = new ArrayList<>();
        do {
            parts.add(sequence());
        } while (take("|"));
        depth--;
        return parts.size() == 1 ? parts.get(0) : new RegexNode.Choice(parts);
    }

    private RegexNode sequence() {
        List<RegexNode> parts = new ArrayList<>();
        while (more() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            if (take("\\Q")) {
                int end = text.indexOf("\\E", at);
                int stop = end < 0 ? text.length() : end;
                text.substring(at, stop).codePoints().forEach(c -> parts.add(one(CharacterSet.of(c))));
                at = end < 0 ? stop : end + 2;
                continue;
            }
            int before = group;
            RegexNode atom = atom();
            parts.add(quantified(atom, before));
        }
        return parts.size() == 1 ? parts.get(0) : new RegexNode.Sequence(parts);
    }

    private RegexNode quantified(RegexNode atom, int before) {
        RegexNode node = atom;
        while (more()) {
            int least;
            int most;
            int start = at;
            if (take("*")) {
                least = 0;
                most = Integer.MAX_VALUE;
            } else if (take("+")) {
                least = 1;
                most = Integer.MAX_VALUE;
            } else if (take("?")) {
                least = 0;
                most = 1;
            } else if (text.charAt(at) == '{') {
                int[] counts = counts();
                if (counts.length == 0) {
                    at = start;
                    return node;
                }
                least = counts[0];
                most = counts[1];
            } else {
                return node;
            }
            if (node != atom) {
                throw wrong("nothing to repeat");
            }
            boolean lazy = take("?");
            boolean possessive = !lazy && take("+");
            node = new RegexNode.Repeat(atom, least, most, !lazy, before + 1, group + 1);
            node = possessive ? new RegexNode.Atomic(node) : node;
        }
        return node;
    }

    /** What stands in braces; nothing when it is no count, but text. */
    private int[] counts() {
        // A count is short, so no more is looked at: braces that are text may be many.
        int close = text.indexOf('}', at, Math.min(text.length(), at + 20));
        if (close < 0) {
            return new int[0];
        }
        String inside = text.substring(at + 1, close);
        if (!inside.matches("\\d+(,\\d*)?")) {
            return new int[0];
        }
        at = close + 1;
        int comma = inside.indexOf(',');
        int least = number(comma < 0 ? inside : inside.substring(0, comma));
        int most = comma < 0
                ? least
                : comma + 1 == inside.length() ? Integer.MAX_VALUE : number(inside.substring(comma + 1));
        if (most < least) {
            throw wrong("numbers out of order in {} quantifier");
        }
        return new int[] {least, most};
    }

    private int number(String digits) {
        if (digits.length() > 6 || Integer.parseInt(digits) > MOST) {
            throw wrong("too many repetitions");
        }
        return Integer.parseInt(digits);
    }

    private RegexNode atom() {
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        return switch (c) {
            case '^' -> new RegexNode.At(lines ? RegexNode.Place.LINE_START : RegexNode.Place.START);
            case '$' -> new RegexNode.At(lines ? RegexNode.Place.LINE_END : RegexNode.Place.END);
            case '.' -> new RegexNode.One(dotAll ? CharacterSet.ANY : CharacterSet.DOT);
            case '(' -> parenthesis();
            case '[' -> one(set());
            case '\\' -> escape();
            case '*', '+', '?' -> throw wrong("nothing to repeat");
            default -> one(CharacterSet.of(c));
        };
    }

    private RegexNode one(CharacterSet set) {
        return new RegexNode.One(anyCase ? set.anyCase() : set);
    }

    private RegexNode parenthesis() {
        boolean case0 = anyCase;
        boolean lines0 = lines;
        boolean dot0 = dotAll;
        RegexNode node;
        if (take("?:")) {
            node = closed(choice());
        } else if (take("?=")) {
            node = new RegexNode.Look(closed(choice()), true, true);
        } else if (take("?!")) {
            node = new RegexNode.Look(closed(choice()), true, false);
        } else if (take("?<=")) {
            node = new RegexNode.Look(closed(choice()), false, true);
        } else if (take("?<!")) {
            node = new RegexNode.Look(closed(choice()), false, false);
        } else if (take("?>")) {
            node = new RegexNode.Atomic(closed(choice()));
        } else if (take("?<")) {
            int end = text.indexOf('>', at);
            if (end <= at) {
                throw wrong("invalid capture group name");
            }
            int number = ++group;
            if (names.put(text.substring(at, end), number) != null) {
                throw wrong("duplicate capture group name");
            }
            at = end + 1;
            node = new RegexNode.Group(number, closed(choice()));
        } else if (take("?")) {
            flags();
            if (take(")")) {
                // Flags hold to the end of the group that they stand in.
                return new RegexNode.Sequence(List.of());
            }
            if (!take(":")) {
                throw wrong("invalid group");
            }
            node = closed(choice());
        } else {
            int number = ++group;
            node = new RegexNode.Group(number, closed(choice()));
        }
        anyCase = case0;
        lines = lines0;
        dotAll = dot0;
        return node;
    }

    private void flags() {
        boolean on = true;
        for (; more() && text.charAt(at) != ')' && text.charAt(at) != ':'; at++) {
            switch (text.charAt(at)) {
                case '-' -> on = false;
                case 'i' -> anyCase = on;
                case 'm' -> lines = on;
                case 's' -> dotAll = on;
                case 'u' -> {}
                default -> throw wrong("invalid group");
            }
        }
    }

    private RegexNode closed(RegexNode body) {
        if (!take(")")) {
            throw wrong("unterminated group");
        }
        return body;
    }

    private RegexNode escape() {
        if (!more()) {
            throw wrong("\\ at end of pattern");
        }
        char c = text.charAt(at);
        switch (c) {
            case 'b' -> {
                at++;
                return new RegexNode.At(RegexNode.Place.WORD_EDGE);
            }
            case 'B' -> {
                at++;
                return new RegexNode.At(RegexNode.Place.INSIDE_WORD);
            }
            case 'A' -> {
                at++;
                return new RegexNode.At(RegexNode.Place.START);
            }
            case 'z' -> {
                at++;
                return new RegexNode.At(RegexNode.Place.END);
            }
            case 'Z' -> {
                at++;
                return new RegexNode.At(RegexNode.Place.BEFORE_LAST_LINE_END);
            }
            default -> {}
        }
        if (c == 'k' && text.startsWith("k<", at)) {
            int end = text.indexOf('>', at);
            Integer number = end < 0 ? null : names.get(text.substring(at + 2, end));
            if (number == null) {
                throw wrong("invalid named reference");
            }
            at = end + 1;
            return new RegexNode.Back(number, anyCase);
        }
        if (c >= '1' && c <= '9') {
            int end = at + 1;
            while (end < text.length()
                    && Character.isDigit(text.charAt(end))
                    && end - at < 6
                    && Integer.parseInt(text, at, end + 1, 10) <= groups) {
                end++;
            }
            int number = Integer.parseInt(text, at, end, 10);
            if (number <= groups) {
                at = end;
                return new RegexNode.Back(number, anyCase);
            }
        }
        return one(escapedSet());
    }

    /** What an escape stands for in and out of brackets; {@code at} is behind the backslash. */
    private CharacterSet escapedSet() {
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        return switch (c) {
            case 'd' -> CharacterSet.DIGIT;
            case 'D' -> CharacterSet.DIGIT.not();
            case 'w' -> CharacterSet.WORD;
            case 'W' -> CharacterSet.WORD.not();
            case 's' -> CharacterSet.BLANK;
            case 'S' -> CharacterSet.BLANK.not();
            case 'h' -> ch -> ch == '\t' || Character.getType(ch) == Character.SPACE_SEPARATOR;
            case 'p', 'P' -> property(c == 'P');
            default -> CharacterSet.of(escapedCharacter(c));
        };
    }

    private CharacterSet property(boolean negative) {
        String name;
        if (take("{")) {
            int end = text.indexOf('}', at);
            if (end < 0) {
                throw wrong("invalid property name");
            }
            name = text.substring(at, end);
            at = end + 1;
        } else {
            name = more() ? text.substring(at, at + 1) : "";
            at = Math.min(text.length(), at + 1);
        }
        CharacterSet set = CharacterSet.named(name);
        if (set == null) {
            throw wrong("invalid property name");
        }
        return negative ? set.not() : set;
    }

    private int escapedCharacter(int c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'f' -> '\f';
            case 'v' -> '\u000b';
            case 'e' -> '\u001b';
            case '0' -> 0;
            case 'c' -> more() ? text.charAt(at++) % 32 : c;
            case 'x' -> hex(2, c);
            case 'u' -> hex(4, c);
            default -> c;
        };
    }

    /** A character by its number; the letter itself where no number follows. */
    private int hex(int digits, int letter) {
        if (at + digits > text.length()) {
            return letter;
        }
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return letter;
            }
            value = value * 16 + digit;
        }
        at += digits;
        return value;
    }

    private CharacterSet set() {
        boolean negative = take("^");
        CharacterClass members = new CharacterClass();
        while (true) {
            if (!more()) {
                throw wrong("unterminated character class");
            }
            if (take("]")) {
                break;
            }
            int start = at;
            CharacterSet first = member();
            int from = single;
            if (from >= 0 && text.startsWith("-", at) && at + 1 < text.length() && text.charAt(at + 1) != ']') {
                int dash = at++;
                CharacterSet last = member();
                if (single >= 0) {
                    if (single < from) {
                        throw wrong("range out of order in character class");
                    }
                    first = CharacterSet.range(from, single);
                } else {
                    first = first.or(last).or(CharacterSet.of(text.charAt(dash)));
                }
            }
            if (at == start) {
                throw new IllegalStateException("No progress in " + text);
            }
            members.add(first);
        }
        CharacterSet all = members.set();
        // Case is looked at before what is not in the set.
        return negative ? (anyCase ? all.anyCase() : all).not() : all;
    }

    /** The character that {@link #member} read; negative when it was a set. */
    private int single;

    private CharacterSet member() {
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        single = c;
        if (c != '\\') {
            return CharacterSet.of(c);
        }
        if (!more()) {
            throw wrong("\\ at end of pattern");
        }
        int escaped = text.codePointAt(at);
        if ("dDwWsShpP".indexOf(escaped) >= 0) {
            single = -1;
            return escapedSet();
        }
        at += Character.charCount(escaped);
        single = escaped == 'b' ? '\b' : escapedCharacter(escaped);
        return CharacterSet.of(single);
    }
}
