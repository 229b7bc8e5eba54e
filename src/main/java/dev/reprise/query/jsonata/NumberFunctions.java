package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.query.jsonata.base.JsonataException;
import dev.reprise.query.jsonata.base.NumberText;
import dev.reprise.query.jsonata.picture.IntegerPicture;
import dev.reprise.query.jsonata.picture.NumberPicture;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions on numbers, and numbers to text and back. */
final class NumberFunctions {

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]++(\\.[0-9]++)?([Ee][-+]?[0-9]++)?");
    private static final Pattern PREFIXED = Pattern.compile("0(?:([xX])[0-9A-Fa-f]++|([oO])[0-7]++|([bB])[01]++)");

    /** How many digits a number can have before and after its point. */
    private static final int DIGITS = 400;

    private NumberFunctions() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.ofDefined(
                        "sum",
                        "<a<n>:n>",
                        1,
                        (numbers, arguments, evaluation) -> Values.number(sum(numbers, evaluation))),
                Builtin.ofDefined(
                        "average",
                        "<a<n>:n>",
                        1,
                        (numbers, arguments, evaluation) ->
                                numbers.isEmpty() ? null : Values.number(sum(numbers, evaluation) / numbers.size())),
                Builtin.ofDefined(
                        "max", "<a<n>:n>", 1, (numbers, arguments, evaluation) -> extreme(numbers, 1, evaluation)),
                Builtin.ofDefined(
                        "min", "<a<n>:n>", 1, (numbers, arguments, evaluation) -> extreme(numbers, -1, evaluation)),
                changed("floor", Math::floor),
                changed("ceil", Math::ceil),
                changed("abs", Math::abs),
                Builtin.ofDefined("round", "<n-n?:n>", 2, (number, arguments, evaluation) -> {
                    JsonNode precision = arguments.get(1);
                    evaluation.burnDigits(number);
                    return Values.number(round(number.doubleValue(), precision == null ? 0 : precision.doubleValue()));
                }),
                Builtin.ofDefined("sqrt", "<n-:n>", 1, (number, arguments, evaluation) -> {
                    if (number.doubleValue() < 0) {
                        throw JsonataException.of("D3060").value(number);
                    }
                    return Values.number(Math.sqrt(number.doubleValue()));
                }),
                Builtin.ofDefined(
                        "power", "<n-n:n>", 2, (number, arguments, evaluation) -> power(number, arguments.get(1))),
                Builtin.ofDefined(
                        "number", "<(nsb)-:n>", 1, (value, arguments, evaluation) -> number(value, evaluation)),
                Builtin.ofDefined("formatNumber", "<n-so?:s>", 3, (number, arguments, evaluation) -> {
                    JsonNode picture = arguments.get(1);
                    return picture == null
                            ? null
                            : TextNode.valueOf(NumberPicture.of(picture.textValue(), arguments.get(2), evaluation)
                                    .format(number.doubleValue(), evaluation));
                }),
                Builtin.ofDefined("formatBase", "<n-n?:s>", 2, (number, arguments, evaluation) -> {
                    // The time that other radixes take grows with the square of the digits.
                    int bits = Math.max(0, Math.getExponent(number.doubleValue()));
                    evaluation.burn(60 + bits / 2);
                    return formatBase(number, arguments.get(1));
                }),
                Builtin.ofDefined("formatInteger", "<n-s:s>", 2, (number, arguments, evaluation) -> {
                    JsonNode picture = arguments.get(1);
                    return picture == null
                            ? null
                            : TextNode.valueOf(IntegerPicture.of(picture.textValue(), evaluation)
                                    .format(Math.floor(number.doubleValue()), evaluation));
                }),
                Builtin.ofDefined("parseInteger", "<s-s:n>", 2, (text, arguments, evaluation) -> {
                    JsonNode picture = arguments.get(1);
                    evaluation.burnText(512 + 8L * text.textValue().length());
                    return picture == null
                            ? null
                            : Values.number(IntegerPicture.of(picture.textValue(), evaluation)
                                    .parse(text.textValue()));
                }));
    }

    private static Builtin changed(String name, DoubleUnaryOperator change) {
        return Builtin.ofDefined(
                name,
                "<n-:n>",
                1,
                (number, arguments, evaluation) -> Values.number(change.applyAsDouble(number.doubleValue())));
    }

    private static double sum(JsonNode numbers, Evaluation evaluation) {
        evaluation.burn(numbers.size() / 4);
        double sum = 0;
        for (JsonNode number : numbers) {
            sum += number.doubleValue();
        }
        return sum;
    }

    private static @Nullable JsonNode extreme(JsonNode numbers, int sign, Evaluation evaluation) {
        evaluation.burn(numbers.size() / 4);
        JsonNode extreme = null;
        for (JsonNode number : numbers) {
            if (extreme == null || sign * Double.compare(number.doubleValue(), extreme.doubleValue()) > 0) {
                extreme = number;
            }
        }
        return extreme;
    }

    /** To the nearest number of so many digits behind the point; of two that are equally near, to the even one. */
    static double round(double number, double precision) {
        if (!Double.isFinite(number) || precision > DIGITS) {
            return number;
        }
        if (precision < -DIGITS) {
            return 0;
        }
        return new BigDecimal(Double.toString(number))
                .setScale((int) precision, RoundingMode.HALF_EVEN)
                .doubleValue();
    }

    private static @Nullable JsonNode power(JsonNode base, @Nullable JsonNode exponent) {
        double power = exponent == null ? Double.NaN : Math.pow(base.doubleValue(), exponent.doubleValue());
        if (!Double.isFinite(power)) {
            throw JsonataException.of("D3061").value(base).value2(exponent);
        }
        return Values.number(power);
    }

    private static JsonNode number(JsonNode value, Evaluation evaluation) {
        if (value.isNumber()) {
            return value;
        }
        if (value instanceof BooleanNode) {
            return Values.number(value.booleanValue() ? 1 : 0);
        }
        String text = value.textValue();
        evaluation.burnText(8L * text.length() + 256);
        if (DECIMAL.matcher(text).matches()) {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return Values.number(number);
            }
        }
        var prefixed = PREFIXED.matcher(text);
        if (prefixed.matches()) {
            int radix = prefixed.group(1) != null ? 16 : prefixed.group(2) != null ? 8 : 2;
            return text.length() > 1_100
                    ? DoubleNode.valueOf(Double.POSITIVE_INFINITY)
                    : Values.number(new BigInteger(text.substring(2), radix).doubleValue());
        }
        throw JsonataException.of("D3030").value(value);
    }

    private static JsonNode formatBase(JsonNode number, @Nullable JsonNode given) {
        double value = round(number.doubleValue(), 0);
        double radix = given == null ? 10 : round(given.doubleValue(), 0);
        if (radix < 2 || radix > 36) {
            throw JsonataException.of("D3100").value(Values.number(radix));
        }
        if (!Double.isFinite(value)) {
            return TextNode.valueOf(String.valueOf(value));
        }
        return TextNode.valueOf(
                radix == 10
                        ? NumberText.of(value)
                        : new BigDecimal(value).toBigInteger().toString((int) radix));
    }
}
