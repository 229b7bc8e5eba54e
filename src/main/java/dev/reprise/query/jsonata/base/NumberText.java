package dev.reprise.query.jsonata.base;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as text: the shortest that tells them from their neighbours, in the form of JavaScript. */
public final class NumberText {

    private static final double EXACT = 1e15;

    /** A number with a fraction loses what is after 15 digits, which makes it smaller, as on AWS. */
    private static final MathContext SHOWN = new MathContext(15, RoundingMode.FLOOR);

    private NumberText() {}

    /** {@code value} as {@code $string} shows it: a whole number in full, another of 15 digits as Java writes it. */
    public static String shown(double value) {
        return value == Math.rint(value)
                ? of(value)
                : fifteen(value).stripTrailingZeros().toString().replace('E', 'e');
    }

    /** {@code value}, which is finite, as it is after it was shown. */
    public static double rounded(double value) {
        return value == Math.rint(value) ? value : fifteen(value).doubleValue();
    }

    private static BigDecimal fifteen(double value) {
        return BigDecimal.valueOf(value).round(SHOWN);
    }

    /**
     * All of {@code value}, which is finite.
     *
     * @see <a href="https://tc39.es/ecma262/#sec-numeric-types-number-tostring">ECMAScript, Number::toString</a>
     */
    public static String of(double value) {
        if (value == (long) value && Math.abs(value) < EXACT) {
            return Long.toString((long) value);
        }
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= -6 && exponent < 21) {
            return decimal.toPlainString();
        }
        String digits = decimal.unscaledValue().abs().toString();
        return (value < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + (exponent < 0 ? "e-" : "e+")
                + Math.abs(exponent);
    }
}
