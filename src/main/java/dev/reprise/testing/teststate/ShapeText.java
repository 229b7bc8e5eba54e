package dev.reprise.testing.teststate;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A shape as a service's table writes it. */
final class ShapeText {

    private static final Pattern RANGE = Pattern.compile("(-?[\\d.]+?)?\\.\\.(-?[\\d.]+)?");

    private ShapeText() {}

    static Shape parse(String text) {
        if (text.startsWith("[")) {
            return new Shape.ListOf(parse(inner(text)));
        }
        if (text.startsWith("{")) {
            return new Shape.MapOf(parse(inner(text)));
        }
        int space = text.indexOf(' ');
        String type = space < 0 ? text : text.substring(0, space);
        String bounds = space < 0 ? "" : text.substring(space + 1);
        return switch (type) {
            case "any" -> new Shape.Anything();
            case "boolean" -> new Shape.Flag();
            case "number" -> new Shape.Numeric(bound(bounds, 1), bound(bounds, 2));
            case "string", "time" -> text(bounds);
            default -> new Shape.Named(type);
        };
    }

    private static String inner(String text) {
        return text.substring(1, text.length() - 1);
    }

    private static Shape.Text text(String bounds) {
        if (bounds.isEmpty() || RANGE.matcher(bounds).matches()) {
            return new Shape.Text(length(bound(bounds, 1)), length(bound(bounds, 2)), List.of());
        }
        return new Shape.Text(null, null, List.of(bounds.split("\\|", -1)));
    }

    private static @Nullable Integer length(@Nullable BigDecimal bound) {
        return bound == null ? null : bound.intValueExact();
    }

    private static @Nullable BigDecimal bound(String range, int side) {
        Matcher bounds = RANGE.matcher(range);
        if (!bounds.matches()) {
            return null;
        }
        String bound = bounds.group(side);
        return bound == null ? null : new BigDecimal(bound);
    }
}
