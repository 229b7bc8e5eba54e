package dev.reprise.query.jsonata.picture;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Whole numbers as English words, as Roman numerals and as letters. */
final class NumberWords {

    private static final List<String> FEW = words(
            "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen"
                    + " Seventeen Eighteen Nineteen");
    private static final List<String> ORDINALS =
            words("Zeroth First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth Thirteenth"
                    + " Fourteenth Fifteenth Sixteenth Seventeenth Eighteenth Nineteenth");
    private static final List<String> TENS = words("Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety");
    private static final List<String> MAGNITUDES = words("Thousand Million Billion Trillion");

    private static final int[] ROMAN = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
    private static final List<String> NUMERALS = words("m cm d cd c xc l xl x ix v iv i");

    private static final Map<String, Double> VALUES = values();

    private NumberWords() {}

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    private static Map<String, Double> values() {
        Map<String, Double> values = new HashMap<>();
        for (int i = 0; i < FEW.size(); i++) {
            put(values, FEW.get(i), i);
            put(values, ORDINALS.get(i), i);
        }
        for (int i = 0; i < TENS.size(); i++) {
            put(values, TENS.get(i), 10 * (i + 2));
            put(values, TENS.get(i).replaceFirst("y$", "ieth"), 10 * (i + 2));
        }
        put(values, "hundred", 100);
        put(values, "hundredth", 100);
        for (int i = 0; i < MAGNITUDES.size(); i++) {
            put(values, MAGNITUDES.get(i), Math.pow(1_000, i + 1.0));
            put(values, MAGNITUDES.get(i) + "th", Math.pow(1_000, i + 1.0));
        }
        return Map.copyOf(values);
    }

    private static void put(Map<String, Double> values, String word, double value) {
        values.put(word.toLowerCase(Locale.ROOT), value);
    }

    /** Every word that stands for a number. */
    static Set<String> known() {
        return VALUES.keySet();
    }

    static String words(double number, boolean ordinal) {
        return words(number, false, ordinal);
    }

    private static String words(double number, boolean goesOn, boolean ordinal) {
        if (!Double.isFinite(number)) {
            return String.valueOf(number);
        }
        if (number < 20) {
            return (goesOn ? " and " : "") + (ordinal ? ORDINALS : FEW).get((int) number);
        }
        if (number < 100) {
            String tens = (goesOn ? " and " : "") + TENS.get((int) number / 10 - 2);
            double rest = number % 10;
            return rest > 0
                    ? tens + "-" + words(rest, false, ordinal)
                    : ordinal ? tens.substring(0, tens.length() - 1) + "ieth" : tens;
        }
        String before = goesOn ? ", " : "";
        double factor = 100;
        String head;
        if (number < 1_000) {
            head = before + FEW.get((int) (number / 100)) + " Hundred";
        } else {
            int magnitude = Math.min(MAGNITUDES.size(), (int) Math.floor(Math.log10(number) / 3));
            factor = Math.pow(10, 3.0 * magnitude);
            head = before + words(Math.floor(number / factor), false, false) + " " + MAGNITUDES.get(magnitude - 1);
        }
        double rest = number - Math.floor(number / factor) * factor;
        return rest > 0 ? head + words(rest, true, ordinal) : ordinal ? head + "th" : head;
    }

    static double ofWords(String text) {
        double total = 0;
        double segment = 0;
        for (String word : text.split(",\\s|\\sand\\s|[\\s\\\\-]", -1)) {
            double value = VALUES.getOrDefault(word, Double.NaN);
            if (value < 100) {
                if (segment >= 1_000) {
                    total += segment;
                    segment = 0;
                }
                segment += value;
            } else {
                segment *= value;
            }
        }
        return total + segment;
    }

    static String roman(double number, boolean upper) {
        StringBuilder roman = new StringBuilder();
        double rest = number;
        for (int i = 0; i < ROMAN.length; i++) {
            for (; rest >= ROMAN[i]; rest -= ROMAN[i]) {
                roman.append(NUMERALS.get(i));
            }
        }
        return upper ? roman.toString().toUpperCase(Locale.ROOT) : roman.toString();
    }

    static double ofRoman(String roman) {
        double number = 0;
        double most = 1;
        for (int i = roman.length() - 1; i >= 0; i--) {
            double value = switch (roman.charAt(i)) {
                case 'M' -> 1000;
                case 'D' -> 500;
                case 'C' -> 100;
                case 'L' -> 50;
                case 'X' -> 10;
                case 'V' -> 5;
                case 'I' -> 1;
                default -> Double.NaN;
            };
            number += value < most ? -value : value;
            most = Math.max(most, value);
        }
        return number;
    }

    /** a to z, aa to zz, … */
    static String letters(double number, char first) {
        StringBuilder letters = new StringBuilder();
        for (double rest = number; rest >= 1 && Double.isFinite(rest); rest = Math.floor((rest - 1) / 26)) {
            letters.append((char) (first + (rest - 1) % 26));
        }
        return letters.reverse().toString();
    }

    static double ofLetters(String letters, char first) {
        double number = 0;
        for (int i = 0; i < letters.length(); i++) {
            number = number * 26 + letters.charAt(i) - first + 1;
        }
        return number;
    }

    /** What stands behind the digits of an ordinal number: 1st, 2nd, 3rd, 11th. */
    static String ordinalSuffix(String digits) {
        char last = digits.charAt(digits.length() - 1);
        boolean teen = digits.length() > 1 && digits.charAt(digits.length() - 2) == '1';
        return teen ? "th" : last == '1' ? "st" : last == '2' ? "nd" : last == '3' ? "rd" : "th";
    }
}
