package dev.reprise.query.jsonata.regex;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A set of characters, by code point, in a regular expression. */
@FunctionalInterface
public interface CharacterSet {

    /** Whether the character of that code point is in it. */
    boolean contains(int character);

    /** All but the ends of lines. */
    CharacterSet DOT = c -> c != '\n' && c != '\r' && c != '\u2028' && c != '\u2029';

    /** All of them. */
    CharacterSet ANY = c -> true;

    /** {@code \d}. */
    CharacterSet DIGIT = c -> c >= '0' && c <= '9';

    /** {@code \w}. */
    CharacterSet WORD = c -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';

    /** {@code \s}: no more than Java has, as on AWS. */
    CharacterSet BLANK = c -> c == ' ' || (c >= '\t' && c <= '\r');

    /** What Unicode calls white space. */
    CharacterSet WHITE_SPACE = c -> BLANK.contains(c) || c == '\u0085' || Character.isSpaceChar(c);

    /** Characters that follow one another. */
    record Range(int from, int to) implements CharacterSet {
        @Override
        public boolean contains(int character) {
            return character >= from && character <= to;
        }
    }

    /** One character. */
    static CharacterSet of(int character) {
        return new Range(character, character);
    }

    /** The characters from one to another, both included. */
    static CharacterSet range(int from, int to) {
        return new Range(from, to);
    }

    /** What is in this one or the other. */
    default CharacterSet or(CharacterSet other) {
        return c -> contains(c) || other.contains(c);
    }

    /** What is not in it. */
    default CharacterSet not() {
        return c -> !contains(c);
    }

    /** With the capital and small forms of its characters. */
    default CharacterSet anyCase() {
        return c -> contains(c)
                || contains(Character.toLowerCase(c))
                || contains(Character.toUpperCase(c))
                || contains(Character.toLowerCase(Character.toUpperCase(c)));
    }

    /** The set that {@code \p{name}} stands for; null when there is none of that name. */
    static @Nullable CharacterSet named(String name) {
        String category = name.startsWith("Is") && name.length() <= 4 ? name.substring(2) : name;
        return switch (category) {
            case "L" -> Character::isLetter;
            case "Lu", "IsUppercase", "Uppercase" -> Character::isUpperCase;
            case "Ll", "IsLowercase", "Lowercase" -> Character::isLowerCase;
            case "Lt" -> Character::isTitleCase;
            case "N" -> c -> type(c, 9, 11);
            case "Nd", "IsDigit" -> Character::isDigit;
            case "M" -> c -> type(c, 6, 8);
            case "P", "IsPunctuation" -> c -> type(c, 20, 24) || type(c, 29, 30);
            case "S" -> c -> type(c, 25, 28);
            case "Z" -> c -> type(c, 12, 14);
            case "Zs" -> c -> type(c, 12, 12);
            case "C" -> c -> type(c, 15, 19) || type(c, 0, 0);
            case "Cc" -> c -> type(c, 15, 15);
            case "IsAlphabetic", "Alphabetic" -> Character::isAlphabetic;
            case "IsLetter" -> Character::isLetter;
            case "IsWhite_Space", "White_Space" -> WHITE_SPACE;
            case "Lower" -> range('a', 'z');
            case "Upper" -> range('A', 'Z');
            case "Alpha" -> range('a', 'z').or(range('A', 'Z'));
            case "Digit" -> DIGIT;
            case "Alnum" -> c -> WORD.contains(c) && c != '_';
            case "Punct" -> c -> c > ' ' && c < 127 && !(WORD.contains(c) && c != '_');
            case "Graph" -> range('!', '~');
            case "Print" -> range(' ', '~');
            case "Blank" -> c -> c == ' ' || c == '\t';
            case "Cntrl" -> c -> c < ' ' || c == 127;
            case "XDigit" -> c -> Character.digit(c, 16) >= 0 && c < 128;
            case "Space" -> BLANK;
            case "ASCII" -> range(0, 127);
            default -> script(name);
        };
    }

    private static boolean type(int character, int from, int to) {
        int type = Character.getType(character);
        return type >= from && type <= to;
    }

    private static @Nullable CharacterSet script(String name) {
        String script = name.replaceFirst("^(Is|script=|sc=|Script=)", "").toUpperCase(Locale.ROOT);
        for (Character.UnicodeScript known : Character.UnicodeScript.values()) {
            if (known.name().equals(script)) {
                return c -> Character.UnicodeScript.of(c) == known;
            }
        }
        return null;
    }
}
