package dev.reprise.query;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Utils;
import dev.reprise.query.JsonataFunctions.Named;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers to text and back, as the reference implementation has them. */
final class JsonataNumbers {

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([Ee][-+]?[0-9]+)?");
    private static final Pattern PREFIXED = Pattern.compile("0(?:([xX])[0-9A-Fa-f]+|([oO])[0-7]+|([bB])[01]+)");

    private JsonataNumbers() {}

    static List<Named> all() {
        return List.of(
                Named.of("number", "<(nsb)-:n>", 1, arguments -> number(arguments.get(0))),
                Named.of(
                        "formatNumber",
                        "<n-so?:s>",
                        3,
                        arguments -> formatNumber(
                                (Number) arguments.get(0), (String) arguments.get(1), (Map<?, ?>) arguments.get(2))),
                Named.of(
                        "parseInteger",
                        "<s-s:n>",
                        2,
                        arguments -> parseInteger((String) arguments.get(0), (String) arguments.get(1))));
    }

    private static @Nullable Number number(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Number number -> number;
            case Boolean bool -> bool ? 1 : 0;
            case String text -> number(text);
            // JSON's null is no number, whatever the engine's check of signatures says.
            default -> throw new JException("T0410", -1, 1, "number");
        };
    }

    private static Number number(String text) {
        if (DECIMAL.matcher(text).matches()) {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return Utils.convertNumber(value);
            }
        }
        var prefixed = PREFIXED.matcher(text);
        if (prefixed.matches()) {
            int radix = prefixed.group(1) != null ? 16 : prefixed.group(2) != null ? 8 : 2;
            return Utils.convertNumber(new BigInteger(text.substring(2), radix).doubleValue());
        }
        throw new JException("D3030", -1, text);
    }

    private static @Nullable String formatNumber(
            @Nullable Number value, @Nullable String picture, @Nullable Map<?, ?> options) {
        return value == null || picture == null
                ? null
                : NumberPicture.of(picture, options == null ? Map.of() : options)
                        .format(value.doubleValue());
    }

    /** What the picture cannot read is not a number, which AWS writes as text. */
    private static @Nullable Number parseInteger(@Nullable String value, @Nullable String picture) {
        if (value == null || picture == null) {
            return null;
        }
        try {
            Number parsed = Functions.parseInteger(value, picture);
            return parsed == null ? Double.valueOf(Double.NaN) : parsed;
        } catch (ParseException e) {
            throw new JException("D3130", -1, picture);
        } catch (NullPointerException e) {
            // How the engine says that it does not know a word.
            return Double.NaN;
        }
    }

    /** Plain digits up to 1e21, as in JavaScript, where the engine turns to exponents earlier. */
    static String plain(String printed) {
        return printed.contains("e+") ? plain(printed, new BigDecimal(printed)) : printed;
    }

    private static String plain(String printed, BigDecimal value) {
        return value.abs().compareTo(BigDecimal.TEN.pow(21)) < 0 ? value.toPlainString() : printed;
    }
}
