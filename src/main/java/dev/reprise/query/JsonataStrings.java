package dev.reprise.query;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import dev.reprise.query.JsonataFunctions.Named;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code $string}, {@code $substring}, {@code $pad}, {@code $join} and {@code $sort} where the engine's own differ from the reference implementation or have no bound. */
final class JsonataStrings {

    private JsonataStrings() {}

    static List<Named> all() {
        return List.of(
                Named.of("string", "<x-b?:s>", 2, arguments -> string(arguments.get(0), (Boolean) arguments.get(1))),
                Named.of(
                        "substring",
                        "<s-nn?:s>",
                        3,
                        arguments -> substring(
                                (String) arguments.get(0), (Number) arguments.get(1), (Number) arguments.get(2))),
                Named.of(
                        "pad",
                        "<s-ns?:s>",
                        3,
                        arguments ->
                                pad((String) arguments.get(0), (Number) arguments.get(1), (String) arguments.get(2))),
                Named.of(
                        "join",
                        "<a<s>s?:s>",
                        2,
                        arguments -> join((List<?>) arguments.get(0), (String) arguments.get(1))),
                Named.of("sort", "<af?:a>", 2, arguments -> sort((List<?>) arguments.get(0), arguments.get(1))));
    }

    private static @Nullable String string(@Nullable Object value, @Nullable Boolean indented) {
        if (value instanceof Number number && !Double.isFinite(number.doubleValue())) {
            throw new JException("D3001", -1);
        }
        String text = Functions.string(value, indented);
        return value instanceof Number && text != null ? JsonataNumbers.plain(text) : text;
    }

    /** Positions count characters as people see them, not UTF-16 units. */
    private static @Nullable String substring(@Nullable String text, @Nullable Number start, @Nullable Number length) {
        if (text == null || start == null) {
            return null;
        }
        int size = text.codePointCount(0, text.length());
        long from = start.longValue() < 0 ? Math.max(0, size + start.longValue()) : Math.min(size, start.longValue());
        long to = size;
        if (length != null) {
            // As in the reference implementation, a start before the beginning shortens nothing.
            to = length.longValue() <= 0 ? from : Math.min(size, from + length.longValue());
        }
        return text.substring(text.offsetByCodePoints(0, (int) from), text.offsetByCodePoints(0, (int) to));
    }

    private static @Nullable String pad(@Nullable String text, @Nullable Number width, @Nullable String filling) {
        if (width != null) {
            JsonataEvaluation.current().bounds().checkLength(Math.abs(width.doubleValue()));
        }
        return Functions.pad(text, width, filling);
    }

    private static @Nullable String join(@Nullable List<?> parts, @Nullable String separator) {
        if (parts == null) {
            return null;
        }
        StringBuilder joined = new StringBuilder();
        String between = "";
        for (Object part : parts) {
            joined.append(between).append(part);
            between = separator == null ? "" : separator;
            JsonataEvaluation.current().bounds().checkLength(joined.length());
        }
        return joined.toString();
    }

    /** Stable, which the engine's is not. */
    private static @Nullable List<?> sort(@Nullable List<?> values, @Nullable Object swaps) {
        if (values == null || values.size() <= 1) {
            return values;
        }
        List<Object> sorted = new ArrayList<>(values);
        if (swaps != null) {
            return merged(sorted, swaps);
        }
        if (sorted.stream().allMatch(Number.class::isInstance)) {
            sorted.sort((left, right) -> Double.compare(((Number) left).doubleValue(), ((Number) right).doubleValue()));
        } else if (sorted.stream().allMatch(String.class::isInstance)) {
            sorted.sort((left, right) -> ((String) left).compareTo((String) right));
        } else {
            throw new JException("D3070", -1);
        }
        return sorted;
    }

    /** Merge sort: {@code swaps} says whether the first of two has to come after the second, which is less than a comparator says. */
    private static List<Object> merged(List<Object> values, Object swaps) {
        if (values.size() <= 1) {
            return values;
        }
        int middle = values.size() / 2;
        List<Object> left = merged(values.subList(0, middle), swaps);
        List<Object> right = merged(values.subList(middle, values.size()), swaps);
        List<Object> merged = new ArrayList<>(values.size());
        int l = 0;
        int r = 0;
        while (l < left.size() && r < right.size()) {
            merged.add(holds(swaps, left.get(l), right.get(r)) ? right.get(r++) : left.get(l++));
        }
        merged.addAll(left.subList(l, left.size()));
        merged.addAll(right.subList(r, right.size()));
        return merged;
    }

    private static boolean holds(Object function, Object left, Object right) {
        return Jsonata.boolize(JsonataCalls.call(function, Arrays.asList(left, right)));
    }
}
