package dev.reprise.query.jsonata.picture;

import dev.reprise.query.jsonata.base.JsonataException;
import dev.reprise.query.jsonata.base.Meter;
import dev.reprise.query.jsonata.base.NumberText;
import dev.reprise.query.jsonata.regex.CharacterSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A picture of a whole number: digits with separators, letters, Roman numerals or words.
 *
 * @param zero the digit zero of the family in which it is written
 * @param mandatory how many digits are always written
 * @param optional how many places may be left out
 * @param separators where separators stand, from the right
 * @param every the distance at which the separator repeats; 0 when it does not
 * @param text the picture without its modifier
 * @see <a href="https://www.w3.org/TR/xpath-functions-31/#func-format-integer">XPath, fn:format-integer</a>
 */
public record IntegerPicture(
        Form form,
        Case letters,
        boolean ordinal,
        int zero,
        int mandatory,
        int optional,
        List<Separator> separators,
        int every,
        String text) {

    /** How the number is written. */
    enum Form {
        DECIMAL,
        LETTERS,
        ROMAN,
        WORDS,
        SEQUENCE
    }

    /** Capital or small letters. */
    enum Case {
        UPPER,
        LOWER,
        TITLE
    }

    /** A separator with so many digits on its right. */
    record Separator(int position, String character) {}

    private static final int[] ZEROS = {
        0x30, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6,
                0x0E50,
        0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
                0xA620,
        0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10
    };

    /**
     * Reads a picture.
     *
     * @throws JsonataException {@code D3131} when it has digits of two families
     */
    public static IntegerPicture of(String picture, Meter meter) {
        meter.makeText(4.0 * picture.length());
        int semicolon = picture.lastIndexOf(';');
        String text = semicolon < 0 ? picture : picture.substring(0, semicolon);
        boolean ordinal = semicolon >= 0 && picture.startsWith("o", semicolon + 1);
        return switch (text) {
            case "A" -> plain(Form.LETTERS, Case.UPPER, ordinal, text);
            case "a" -> plain(Form.LETTERS, Case.LOWER, ordinal, text);
            case "I" -> plain(Form.ROMAN, Case.UPPER, ordinal, text);
            case "i" -> plain(Form.ROMAN, Case.LOWER, ordinal, text);
            case "W" -> plain(Form.WORDS, Case.UPPER, ordinal, text);
            case "Ww" -> plain(Form.WORDS, Case.TITLE, ordinal, text);
            case "w" -> plain(Form.WORDS, Case.LOWER, ordinal, text);
            default -> decimal(text, ordinal);
        };
    }

    private static IntegerPicture plain(Form form, Case letters, boolean ordinal, String text) {
        return new IntegerPicture(form, letters, ordinal, '0', 0, 0, List.of(), 0, text);
    }

    IntegerPicture withMandatory(int digits) {
        return new IntegerPicture(form, letters, ordinal, zero, digits, optional, separators, every, text);
    }

    private static IntegerPicture decimal(String text, boolean ordinal) {
        int zero = -1;
        int mandatory = 0;
        int optional = 0;
        List<Separator> separators = new ArrayList<>();
        int[] characters = text.codePoints().toArray();
        for (int i = characters.length - 1; i >= 0; i--) {
            int family = zeroOf(characters[i]);
            if (family >= 0) {
                if (zero >= 0 && zero != family) {
                    throw JsonataException.of("D3131");
                }
                zero = family;
                mandatory++;
            } else if (characters[i] == '#') {
                optional++;
            } else {
                separators.add(new Separator(mandatory + optional, Character.toString(characters[i])));
            }
        }
        Form form = mandatory > 0 ? Form.DECIMAL : Form.SEQUENCE;
        return new IntegerPicture(
                form, Case.LOWER, ordinal, zero, mandatory, optional, separators, regular(separators), text);
    }

    private static int zeroOf(int character) {
        for (int zero : ZEROS) {
            if (character >= zero && character <= zero + 9) {
                return zero;
            }
        }
        return -1;
    }

    /** The distance of equal separators that stand at 3, 6, 9 …; 0 when they stand otherwise. */
    private static int regular(List<Separator> separators) {
        int distance = 0;
        Set<Integer> positions = new HashSet<>();
        for (Separator separator : separators) {
            if (!separator.character().equals(separators.get(0).character())) {
                return 0;
            }
            positions.add(separator.position());
            distance = NumberSubPicture.greatestCommonDivisor(distance, separator.position());
        }
        for (int i = 1; i <= separators.size(); i++) {
            if (!positions.contains(i * distance)) {
                return 0;
            }
        }
        return distance;
    }

    /** {@code value}, which is whole. */
    public String format(double value, Meter meter) {
        double number = Math.abs(value);
        String formatted = switch (form) {
            case LETTERS -> {
                meter.burn(10 + Math.max(0, Math.getExponent(number)) / 2);
                yield NumberWords.letters(number, letters == Case.UPPER ? 'A' : 'a');
            }
            case ROMAN -> {
                meter.makeText(number / 1_000);
                meter.burn(20);
                yield NumberWords.roman(number, letters == Case.UPPER);
            }
            case WORDS -> {
                meter.burn(100 + 2L * Math.max(0, Math.getExponent(number)));
                String words = NumberWords.words(number, ordinal);
                yield letters == Case.UPPER
                        ? words.toUpperCase(Locale.ROOT)
                        : letters == Case.LOWER ? words.toLowerCase(Locale.ROOT) : words;
            }
            case DECIMAL -> digits(number, meter);
            case SEQUENCE -> throw JsonataException.of("D3130").text(text);
        };
        return value < 0 ? "-" + formatted : formatted;
    }

    private String digits(double number, Meter meter) {
        String plain = Double.isFinite(number) ? NumberText.of(number) : String.valueOf(number);
        int length = Math.max(plain.length(), mandatory);
        meter.makeText(2.0 * length + separators.size());
        meter.burn(60);
        StringBuilder reversed = new StringBuilder();
        int next = 0;
        for (int right = 0; right < length; right++) {
            if (every > 0 && right > 0 && right % every == 0) {
                reversed.append(new StringBuilder(separators.get(0).character()).reverse());
            }
            while (every == 0
                    && next < separators.size()
                    && separators.get(next).position() <= right) {
                reversed.append(new StringBuilder(separators.get(next++).character()).reverse());
            }
            char digit = right < plain.length() ? plain.charAt(plain.length() - 1 - right) : '0';
            reversed.append(digit >= '0' && digit <= '9' ? (char) (zero + digit - '0') : digit);
        }
        while (every == 0 && next < separators.size()) {
            reversed.append(new StringBuilder(separators.get(next++).character()).reverse());
        }
        String formatted = reversed.reverse().toString();
        return ordinal ? formatted + NumberWords.ordinalSuffix(plain) : formatted;
    }

    /** The number that {@code given} stands for; not a number where it cannot be read. */
    public double parse(String given) {
        return switch (form) {
            case LETTERS -> NumberWords.ofLetters(given, letters == Case.UPPER ? 'A' : 'a');
            case ROMAN -> NumberWords.ofRoman(letters == Case.UPPER ? given : given.toUpperCase(Locale.ROOT));
            case WORDS -> NumberWords.ofWords(given.toLowerCase(Locale.ROOT));
            case DECIMAL -> ofDigits(given);
            case SEQUENCE -> throw JsonataException.of("D3130").text(text);
        };
    }

    private double ofDigits(String given) {
        String digits = ordinal ? given.substring(0, Math.max(0, given.length() - 2)) : given;
        Set<String> between = new HashSet<>();
        separators.forEach(separator -> between.add(separator.character()));
        StringBuilder plain = new StringBuilder();
        for (int c : digits.strip().codePoints().toArray()) {
            boolean digit = c >= zero && c <= zero + 9;
            if (digit) {
                plain.append((char) ('0' + c - zero));
            } else if (plain.isEmpty() && (c == '-' || c == '+')) {
                plain.append((char) c);
            } else if (!between.contains(Character.toString(c))) {
                break;
            }
        }
        boolean any = plain.chars().anyMatch(CharacterSet.DIGIT::contains);
        return any ? Double.parseDouble(plain.toString()) : Double.NaN;
    }

    /** What a regular expression finds it by in a longer text. */
    String regex(int digits) {
        return switch (form) {
            case LETTERS -> letters == Case.UPPER ? "[A-Z]+" : "[a-z]+";
            case ROMAN -> letters == Case.UPPER ? "[MDCLXVI]+" : "[mdclxvi]+";
            case WORDS -> "(?:" + String.join("|", NumberWords.known()) + "|and|[\\-, ])+";
            case DECIMAL -> {
                String occurrences = digits <= 0
                        ? "+"
                        : optional == 0
                                ? "{" + digits + "}"
                                : "{" + Math.max(0, digits - optional) + "," + digits + "}";
                yield "[0-9]" + occurrences + (ordinal ? "(?:th|st|nd|rd)" : "");
            }
            case SEQUENCE -> throw JsonataException.of("D3130").text(text);
        };
    }
}
