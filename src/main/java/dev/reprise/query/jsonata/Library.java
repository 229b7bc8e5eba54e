package dev.reprise.query.jsonata;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The functions that an expression can call: JSONata's own without {@code $eval}, which AWS does not have, and those
 * that AWS adds.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn">JSONata
 *     functions provided by Step Functions</a>
 */
final class Library {

    private static final Map<String, Builtin> FUNCTIONS = List.of(
                    NumberFunctions.all(),
                    StringFunctions.all(),
                    MatchingFunctions.all(),
                    ArrayFunctions.all(),
                    ObjectFunctions.all(),
                    HigherOrderFunctions.all(),
                    DateFunctions.all(),
                    AwsFunctions.all())
            .stream()
            .flatMap(Collection::stream)
            .collect(Collectors.toUnmodifiableMap(Builtin::name, Function.identity()));

    private Library() {}

    /** The function {@code $name}; null when there is none. */
    static @Nullable Builtin function(String name) {
        return FUNCTIONS.get(name);
    }

    /** Whether {@code $name} is a function unless something else is bound to it. */
    static boolean isFunction(String name) {
        return FUNCTIONS.containsKey(name) || name.equals("eval");
    }
}
