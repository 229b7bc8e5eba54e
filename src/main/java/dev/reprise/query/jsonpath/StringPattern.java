package dev.reprise.query.jsonpath;

import dev.reprise.query.Fuel;
import java.util.Arrays;

/**
 * The pattern of {@code StringMatches}: {@code *} stands for any number of characters, {@code \*} for an asterisk and
 * <code>\\</code> for a backslash. Matching takes time in proportion to pattern times text at worst, whatever the
 * pattern.
 *
 * @see <a href="https://states-language.net/#data-test">ASL, StringMatches</a>
 */
final class StringPattern {

    /** Stands for the wildcard: no character has this value. */
    private static final int ANY = -1;

    private final int[] symbols;

    private StringPattern(int[] symbols) {
        this.symbols = symbols;
    }

    static StringPattern compile(String pattern) {
        int[] symbols = new int[pattern.length()];
        int size = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\'
                    && i + 1 < pattern.length()
                    && (pattern.charAt(i + 1) == '*' || pattern.charAt(i + 1) == '\\')) {
                symbols[size++] = pattern.charAt(++i);
            } else {
                symbols[size++] = c == '*' ? ANY : c;
            }
        }
        return new StringPattern(Arrays.copyOf(symbols, size));
    }

    boolean matches(String text, Fuel fuel) {
        int at = 0;
        int symbol = 0;
        int lastAny = -1;
        int resume = 0;
        while (at < text.length()) {
            fuel.burn(1);
            if (symbol < symbols.length && symbols[symbol] == ANY) {
                lastAny = symbol++;
                resume = at;
            } else if (symbol < symbols.length && symbols[symbol] == text.charAt(at)) {
                symbol++;
                at++;
            } else if (lastAny >= 0) {
                // Let the last wildcard take one character more. Earlier ones need not be tried again: what they left
                // over is only longer.
                symbol = lastAny + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (symbol < symbols.length && symbols[symbol] == ANY) {
            symbol++;
        }
        return symbol == symbols.length;
    }
}
