package dev.reprise.query;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The functions that AWS adds to JSONata, and those of JSONata's own that look at a clock or draw at random: here they ask the {@link Environment}, so that a replay sees the same.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn">JSONata functions provided by Step Functions</a>
 */
final class JsonataFunctions {

    /** What the evaluation in this thread may see. The engine's functions get their arguments and nothing else. */
    private static final ThreadLocal<Environment> ENVIRONMENT = new ThreadLocal<>();

    private static final Map<String, JFunction> ASK_THE_ENVIRONMENT = Map.of(
            "now", function("<s?s?:s>", arguments -> now((String) arguments.get(0), (String) arguments.get(1))),
            "millis", function("<:n>", arguments -> environment().now().toEpochMilli()),
            "random", function("<n?:n>", arguments -> random((Number) arguments.get(0))),
            "uuid",
                    function(
                            "<:s>",
                            arguments ->
                                    MathFunctions.uuid(environment().random()).toString()),
            "shuffle", function("<a:a>", arguments -> shuffle((List<?>) arguments.get(0))));

    private static final Map<String, JFunction> PURE = Map.of(
            "parse", function("<s-:x>", arguments -> parse((String) arguments.get(0))),
            "partition",
                    function("<an:a>", arguments -> partition((List<?>) arguments.get(0), (Number) arguments.get(1))),
            "range",
                    function(
                            "<nnn:a>",
                            arguments -> range(
                                    (Number) arguments.get(0), (Number) arguments.get(1), (Number) arguments.get(2))),
            "hash", function("<ss:s>", arguments -> hash((String) arguments.get(0), (String) arguments.get(1))));

    /** JSONata's own, which no workflow variable hides. */
    private static final Set<String> BUILT_IN = Set.of(
            ("sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match contains replace"
                            + " split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt power random boolean not map zip filter single reduce sift keys lookup"
                            + " append exists spread merge reverse each error assert type sort shuffle distinct base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl"
                            + " eval toMillis fromMillis clone now millis")
                    .split(" "));

    private JsonataFunctions() {}

    /** Whether {@code $name} is a function unless something else is bound to it. */
    static boolean isFunction(String name) {
        return BUILT_IN.contains(name) || PURE.containsKey(name) || ASK_THE_ENVIRONMENT.containsKey(name);
    }

    /** A function's body, which gets its arguments checked and padded with null. */
    @FunctionalInterface
    private interface Body {
        @Nullable
        Object apply(List<?> arguments);
    }

    private static JFunction function(String signature, Body body) {
        JFunctionCallable callable = (context, arguments) -> body.apply(padded(arguments));
        return new JFunction(callable, signature);
    }

    private static List<?> padded(@Nullable List<?> arguments) {
        List<Object> padded = new ArrayList<>(arguments == null ? List.of() : arguments);
        while (padded.size() < 3) {
            padded.add(null);
        }
        return padded;
    }

    /**
     * Makes the functions known to an expression, and {@code $eval} unknown, which AWS does not have.
     *
     * @param used names that the expression mentions
     * @return whether one of them asks the environment, so that {@link #seeing} is needed
     */
    static boolean register(Jsonata expression, Collection<String> used) {
        boolean asks = false;
        for (String name : used) {
            JFunction asking = ASK_THE_ENVIRONMENT.get(name);
            JFunction pure = PURE.get(name);
            if (asking != null) {
                asks = true;
                expression.registerFunction(name, asking);
            } else if (pure != null) {
                expression.registerFunction(name, pure);
            } else if (name.equals("eval")) {
                expression.assign(name, null);
            }
        }
        return asks;
    }

    /** Does {@code evaluation} while the functions see {@code environment}. */
    static <T> T seeing(Environment environment, Supplier<T> evaluation) {
        ENVIRONMENT.set(environment);
        try {
            return evaluation.get();
        } finally {
            ENVIRONMENT.remove();
        }
    }

    private static Environment environment() {
        return ENVIRONMENT.get();
    }

    private static String now(@Nullable String picture, @Nullable String timezone) {
        return Functions.dateTimeFromMillis(environment().now().toEpochMilli(), picture, timezone);
    }

    /** From 0, included, to 1, excluded. A seed gives what {@link Random} gives for it, on AWS too. */
    private static double random(@Nullable Number seed) {
        RandomGenerator generator = seed == null ? environment().random() : new Random(seed.longValue());
        return generator.nextDouble();
    }

    private static @Nullable List<?> shuffle(@Nullable List<?> array) {
        if (array == null) {
            return null;
        }
        List<Object> shuffled = new ArrayList<>(array);
        Collections.shuffle(shuffled, Random.from(environment().random()));
        return shuffled;
    }

    private static @Nullable Object parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            JsonNode value = JsonFunctions.parse(text);
            return JsonataValues.view(value);
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
        JsonataBounds.checkSize(count);
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
