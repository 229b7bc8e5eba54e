package dev.reprise.query;

import com.dashjoin.jsonata.Jsonata;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The functions that we give the engine: those that AWS adds to JSONata, those that look at a clock or draw at random, and those of the engine's own that differ from the reference
 * implementation in what they give or in how they fail, or that nothing would bound.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn">JSONata functions provided by Step Functions</a>
 */
final class JsonataFunctions {

    /** JSONata's own functions. */
    private static final Set<String> BUILT_IN = Set.copyOf(Arrays.asList(
            ("sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match contains replace split join formatNumber formatBase"
                            + " formatInteger parseInteger number floor ceil round abs sqrt power random boolean not map zip filter single reduce sift keys lookup append exists spread"
                            + " merge reverse each error assert type sort shuffle distinct base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl eval"
                            + " toMillis fromMillis clone now millis")
                    .split(" ")));

    private static final Map<String, JsonataFunction> OURS = List.of(
                    AwsJsonataFunctions.all(),
                    JsonataDates.all(),
                    JsonataNumbers.all(),
                    JsonataStrings.all(),
                    JsonataPatterns.all(),
                    JsonataReplace.all(),
                    JsonataUrls.all())
            .stream()
            .flatMap(Collection::stream)
            .collect(Collectors.toUnmodifiableMap(Named::name, Named::function));

    private JsonataFunctions() {}

    /** A function and its name. */
    record Named(String name, JsonataFunction function) {

        /** See {@link JsonataFunction#of}. */
        static Named of(String name, String signature, int parameters, JsonataFunction.Body body) {
            return new Named(name, JsonataFunction.of(name, signature, parameters, body));
        }
    }

    /** Whether {@code $name} is a function unless something else is bound to it. */
    static boolean isFunction(String name) {
        return BUILT_IN.contains(name) || OURS.containsKey(name);
    }

    /**
     * Makes our functions known to an expression, and {@code $eval} unknown, which AWS does not have.
     *
     * @param used names that the expression mentions
     * @return whether it mentions one of ours
     */
    static boolean register(Jsonata expression, Collection<String> used) {
        boolean any = false;
        for (String name : used) {
            JsonataFunction function = OURS.get(name);
            if (function != null) {
                any = true;
                expression.registerFunction(name, function);
            } else if (name.equals("eval")) {
                expression.assign(name, null);
            }
        }
        return any;
    }
}
