package dev.reprise.query.jsonata.base;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as text: the shortest that tells them from their neighbours, in the form of JavaScript. */
public final class NumberText {

    private static final double EXACT = 1e15;
    private static final MathContext SHOWN = new MathContext(15);

    private NumberText() {}

    /** {@code value} rounded to 15 digits, as {@code $string} shows it. */
    public static String rounded(double value) {
        if (value == (long) value && Math.abs(value) < EXACT) {
            return Long.toString((long) value);
        }
        return of(new BigDecimal(value, SHOWN).doubleValue());
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
