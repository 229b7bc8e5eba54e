package dev.reprise.query;

import com.dashjoin.jsonata.JException;
import dev.reprise.query.JsonataFunctions.Named;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What AWS adds to JSONata, and {@code $shuffle}, which draws at random as {@code $random} does. Undefined arguments give undefined. */
final class AwsJsonataFunctions {

    private AwsJsonataFunctions() {}

    static List<Named> all() {
        return List.of(
                Named.of("parse", "<s-:x>", 1, arguments -> parse((String) arguments.get(0))),
                Named.of(
                        "partition",
                        "<an:a>",
                        2,
                        arguments -> partition((List<?>) arguments.get(0), (Number) arguments.get(1))),
                Named.of(
                        "range",
                        "<nnn:a>",
                        3,
                        arguments ->
                                range((Number) arguments.get(0), (Number) arguments.get(1), (Number) arguments.get(2))),
                Named.of("hash", "<ss:s>", 2, arguments -> hash((String) arguments.get(0), (String) arguments.get(1))),
                Named.of("random", "<n?:n>", 1, arguments -> random((Number) arguments.get(0))),
                Named.of(
                        "uuid",
                        "<:s>",
                        0,
                        arguments -> MathFunctions.uuid(random()).toString()),
                Named.of("shuffle", "<a:a>", 1, arguments -> shuffle((List<?>) arguments.get(0))));
    }

    private static RandomGenerator random() {
        return JsonataEvaluation.current().environment().random();
    }

    /** From 0, included, to 1, excluded. A seed gives what {@link Random} gives for it, on AWS too. */
    private static double random(@Nullable Number seed) {
        return (seed == null ? random() : new Random(seed.longValue())).nextDouble();
    }

    private static @Nullable List<?> shuffle(@Nullable List<?> array) {
        if (array == null) {
            return null;
        }
        List<Object> shuffled = new ArrayList<>(array);
        Collections.shuffle(shuffled, Random.from(random()));
        return shuffled;
    }

    private static @Nullable Object parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return JsonataValues.view(JsonFunctions.parse(text));
        } catch (IntrinsicCall.Failure e) {
            throw failure(e.getMessage());
        }
    }

    private static @Nullable List<?> partition(@Nullable List<?> array, @Nullable Number size) {
        if (array == null || size == null) {
            return null;
        }
        long chunk = size.longValue();
        if (chunk <= 0) {
            throw failure("The chunk size of $partition must be positive, but was " + size);
        }
        List<Object> chunks = new ArrayList<>();
        for (long from = 0; from < array.size(); from += chunk) {
            chunks.add(new ArrayList<>(array.subList((int) from, (int) Math.min(from + chunk, array.size()))));
        }
        return chunks;
    }

    /** Whole numbers from the first to the second, which is included when a step falls on it. AWS cuts fractions off. */
    private static @Nullable List<?> range(@Nullable Number first, @Nullable Number last, @Nullable Number step) {
        if (first == null || last == null || step == null) {
            return null;
        }
        long by = step.longValue();
        if (by == 0) {
            throw failure("The step of $range must not be 0");
        }
        long from = first.longValue();
        double count = Math.floor(((double) last.longValue() - from) / by) + 1;
        JsonataEvaluation.current().bounds().checkElements(count);
        List<Object> range = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            range.add(from + i * by);
        }
        return range;
    }

    private static @Nullable String hash(@Nullable String data, @Nullable String algorithm) {
        if (data == null || algorithm == null) {
            return null;
        }
        try {
            return TextFunctions.digest(data, algorithm);
        } catch (IntrinsicCall.Failure e) {
            throw failure(e.getMessage());
        }
    }

    private static JException failure(@Nullable String message) {
        return new JException(String.valueOf(message), -1);
    }
}
