package dev.reprise.query.jsonata.picture;

import dev.reprise.query.jsonata.base.JsonataException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.Set;

/**
 * What one sub-picture asks for.
 *
 * @param prefix text before the digits
 * @param suffix text after them
 * @param factor what the number is multiplied by: 1, 100 for percent, 1000 for per-mille
 * @param grouping where separators stand in the whole part, counted in digits from its right
 * @param every the distance at which separators repeat; 0 when they do not
 * @param fractionGrouping where separators stand in the fraction, counted in digits from its left
 * @param minWhole digits of the whole part that are always written
 * @param scale digits before the point where there is an exponent
 * @param minFraction digits of the fraction that are always written
 * @param maxFraction digits of the fraction at most
 * @param minExponent digits of the exponent that are always written; 0 without exponent
 */
record NumberSubPicture(
        String prefix,
        String suffix,
        int factor,
        Set<Integer> grouping,
        int every,
        Set<Integer> fractionGrouping,
        int minWhole,
        int scale,
        int minFraction,
        int maxFraction,
        int minExponent) {

    /** Digits behind a point that a number can have, and more. */
    private static final int DIGITS = 1_100;

    static NumberSubPicture of(String text, NumberSymbols symbols) {
        NumberSubPictureParts parts = NumberSubPictureParts.of(text, symbols);
        parts.check(symbols);
        int minWhole = count(parts.whole(), symbols, false);
        int scale = minWhole;
        int minFraction = count(parts.fraction(), symbols, false);
        int maxFraction = count(parts.fraction(), symbols, true);
        boolean exponent = !parts.exponent().isEmpty();
        if (minWhole == 0 && maxFraction == 0) {
            if (exponent) {
                minFraction = 1;
                maxFraction = 1;
            } else {
                minWhole = 1;
            }
        }
        if (exponent && minWhole == 0 && parts.whole().contains(symbols.digit())) {
            minWhole = 1;
        }
        if (minWhole == 0 && minFraction == 0) {
            minFraction = 1;
        }
        Set<Integer> grouping = positions(parts.whole(), symbols, true);
        return new NumberSubPicture(
                parts.prefix(),
                parts.suffix(),
                text.contains(symbols.percent()) ? 100 : text.contains(symbols.perMille()) ? 1000 : 1,
                grouping,
                regular(grouping),
                positions(parts.fraction(), symbols, false),
                minWhole,
                scale,
                minFraction,
                maxFraction,
                count(parts.exponent(), symbols, false));
    }

    NumberSubPicture withPrefix(String other) {
        return new NumberSubPicture(
                other,
                suffix,
                factor,
                grouping,
                every,
                fractionGrouping,
                minWhole,
                scale,
                minFraction,
                maxFraction,
                minExponent);
    }

    static JsonataException wrong(String code) {
        return JsonataException.of(code);
    }

    private static int count(String part, NumberSymbols symbols, boolean optionalToo) {
        return (int) part.codePoints()
                .filter(c -> optionalToo ? symbols.isPlace(c) : symbols.isDigit(c))
                .count();
    }

    private static Set<Integer> positions(String part, NumberSymbols symbols, boolean fromRight) {
        Set<Integer> positions = new HashSet<>();
        int[] characters = part.codePoints().toArray();
        int places = 0;
        for (int i = 0; i < characters.length; i++) {
            int character = characters[fromRight ? characters.length - 1 - i : i];
            if (NumberSymbols.is(character, symbols.groupingSeparator())) {
                positions.add(places);
            } else if (symbols.isPlace(character)) {
                places++;
            }
        }
        return positions;
    }

    /**
     * The distance of separators that stand at 3, 6, 9 …, which then go on to the left; 0 when they stand otherwise.
     */
    private static int regular(Set<Integer> positions) {
        int distance = positions.stream().reduce(0, NumberSubPicture::greatestCommonDivisor);
        for (int i = 1; i <= positions.size(); i++) {
            if (!positions.contains(i * distance)) {
                return 0;
            }
        }
        return distance;
    }

    static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    /** A number that is not negative, in this form. */
    String format(double number, NumberSymbols symbols) {
        if (!Double.isFinite(number)) {
            return prefix + number + suffix;
        }
        BigDecimal mantissa = BigDecimal.valueOf(number).multiply(BigDecimal.valueOf(factor));
        int exponent = 0;
        if (minExponent > 0 && mantissa.signum() > 0) {
            int digits = mantissa.precision() - mantissa.scale();
            exponent = digits - scale;
            mantissa = mantissa.scaleByPowerOfTen(-exponent);
        }
        String written = mantissa.setScale(Math.min(maxFraction, DIGITS), RoundingMode.HALF_EVEN)
                .toPlainString();
        int point = written.indexOf('.');
        String whole = (point < 0 ? written : written.substring(0, point)).replaceFirst("^0+", "");
        String fraction = point < 0 ? "" : written.substring(point + 1).replaceFirst("0+$", "");
        whole = "0".repeat(Math.max(0, minWhole - whole.length())) + whole;
        fraction = fraction + "0".repeat(Math.max(0, minFraction - fraction.length()));
        StringBuilder out = new StringBuilder(prefix).append(grouped(whole, symbols));
        // A point without digits after it is left out, unless an exponent follows that asks for one.
        if (!fraction.isEmpty()) {
            out.append(symbols.decimalSeparator()).append(groupedFraction(fraction, symbols));
        }
        if (minExponent > 0) {
            String digits = String.valueOf(Math.abs(exponent));
            out.append(symbols.exponentSeparator())
                    .append(exponent < 0 ? symbols.minusSign() : "")
                    .append(symbols.inFamily("0".repeat(Math.max(0, minExponent - digits.length())) + digits));
        }
        return out.append(suffix).toString();
    }

    private String grouped(String whole, NumberSymbols symbols) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < whole.length(); i++) {
            int right = whole.length() - i;
            boolean separated = every > 0 ? right % every == 0 : grouping.contains(right);
            if (i > 0 && separated) {
                out.append(symbols.groupingSeparator());
            }
            out.append(symbols.inFamily(whole.substring(i, i + 1)));
        }
        return out.toString();
    }

    private String groupedFraction(String fraction, NumberSymbols symbols) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < fraction.length(); i++) {
            if (i > 0 && fractionGrouping.contains(i)) {
                out.append(symbols.groupingSeparator());
            }
            out.append(symbols.inFamily(fraction.substring(i, i + 1)));
        }
        return out.toString();
    }
}
