package dev.reprise.query.jsonata.picture;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The characters that mean something in a number's picture.
 *
 * @param zero the digit zero of the family in which numbers are written
 */
record NumberSymbols(
        String decimalSeparator,
        String groupingSeparator,
        String exponentSeparator,
        String minusSign,
        String percent,
        String perMille,
        int zero,
        String digit,
        String patternSeparator) {

    static NumberSymbols of(@Nullable JsonNode options) {
        return new NumberSymbols(
                option(options, "decimal-separator", "."),
                option(options, "grouping-separator", ","),
                option(options, "exponent-separator", "e"),
                option(options, "minus-sign", "-"),
                option(options, "percent", "%"),
                option(options, "per-mille", "\u2030"),
                option(options, "zero-digit", "0").codePointAt(0),
                option(options, "digit", "#"),
                option(options, "pattern-separator", ";"));
    }

    private static String option(@Nullable JsonNode options, String name, String usual) {
        JsonNode given = options == null ? null : options.get(name);
        return given != null && given.isTextual() && !given.textValue().isEmpty() ? given.textValue() : usual;
    }

    /** Whether it is one of the ten digits. */
    boolean isDigit(int character) {
        return character >= zero && character < zero + 10;
    }

    /** Whether it is a digit, or the place of one that may be left out. */
    boolean isPlace(int character) {
        return isDigit(character) || is(character, digit);
    }

    /** Whether it is more than itself in a picture. */
    boolean isActive(int character) {
        return isPlace(character)
                || is(character, decimalSeparator)
                || is(character, groupingSeparator)
                || is(character, exponentSeparator)
                || is(character, patternSeparator);
    }

    /** Whether {@code character} is {@code symbol}. */
    static boolean is(int character, String symbol) {
        return symbol.codePointAt(0) == character;
    }

    /** Plain digits in the family's own. */
    String inFamily(String digits) {
        if (zero == '0') {
            return digits;
        }
        StringBuilder out = new StringBuilder();
        digits.chars().forEach(c -> out.appendCodePoint(Character.isDigit(c) ? zero + (c - '0') : c));
        return out.toString();
    }
}
