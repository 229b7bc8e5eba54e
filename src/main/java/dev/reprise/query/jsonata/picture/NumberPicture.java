package dev.reprise.query.jsonata.picture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.jsonata.base.JsonataException;
import dev.reprise.query.jsonata.base.Meter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A picture of {@code $formatNumber}: one sub-picture, or one for positive and one for negative numbers.
 *
 * @see <a href="https://www.w3.org/TR/xpath-functions-31/#func-format-number">XPath, fn:format-number</a>
 */
public final class NumberPicture {

    private final NumberSymbols symbols;
    private final NumberSubPicture positive;
    private final NumberSubPicture negative;

    private NumberPicture(NumberSymbols symbols, NumberSubPicture positive, NumberSubPicture negative) {
        this.symbols = symbols;
        this.positive = positive;
        this.negative = negative;
    }

    /**
     * Reads a picture.
     *
     * @param options replacements of single characters by the names that XPath gives them, such as {@code
     * decimal-separator}
     * @throws JsonataException {@code D3080} to {@code D3093} when it is no picture
     */
    public static NumberPicture of(String picture, @Nullable JsonNode options, Meter meter) {
        meter.makeText(32.0 * picture.length());
        NumberSymbols symbols = NumberSymbols.of(options);
        String[] parts = picture.split(Pattern.quote(symbols.patternSeparator()), -1);
        if (parts.length > 2) {
            throw NumberSubPicture.wrong("D3080");
        }
        NumberSubPicture first = NumberSubPicture.of(parts[0], symbols);
        NumberSubPicture second = parts.length == 2
                ? NumberSubPicture.of(parts[1], symbols)
                : first.withPrefix(symbols.minusSign() + first.prefix());
        return new NumberPicture(symbols, first, second);
    }

    /** The number in this form. */
    public String format(double number, Meter meter) {
        meter.burn(250);
        return number < 0 ? negative.format(-number, symbols) : positive.format(number, symbols);
    }
}
