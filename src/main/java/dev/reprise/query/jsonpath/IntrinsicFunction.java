package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An intrinsic function of ASL.
 *
 * @param name such as {@code States.Format}
 * @param fewest how many arguments it needs
 * @param most how many arguments it takes
 * @param body what it does with them
 */
record IntrinsicFunction(String name, int fewest, int most, Body body) {

    private static final String FORMAT = "States.Format";

    private static final Map<String, IntrinsicFunction> BY_NAME = Stream.of(
                    new IntrinsicFunction(FORMAT, 1, Integer.MAX_VALUE, TextFunctions::format),
                    new IntrinsicFunction("States.Array", 0, Integer.MAX_VALUE, ArrayFunctions::array),
                    new IntrinsicFunction("States.ArrayPartition", 2, 2, ArrayFunctions::partition),
                    new IntrinsicFunction("States.ArrayContains", 2, 2, ArrayFunctions::contains),
                    new IntrinsicFunction("States.ArrayRange", 3, 3, ArrayFunctions::range),
                    new IntrinsicFunction("States.ArrayGetItem", 2, 2, ArrayFunctions::getItem),
                    new IntrinsicFunction("States.ArrayLength", 1, 1, ArrayFunctions::length),
                    new IntrinsicFunction("States.ArrayUnique", 1, 1, ArrayFunctions::unique),
                    new IntrinsicFunction("States.Base64Encode", 1, 1, TextFunctions::base64Encode),
                    new IntrinsicFunction("States.Base64Decode", 1, 1, TextFunctions::base64Decode),
                    new IntrinsicFunction("States.Hash", 2, 2, TextFunctions::hash),
                    new IntrinsicFunction("States.JsonMerge", 3, 3, JsonFunctions::merge),
                    new IntrinsicFunction("States.StringToJson", 1, 1, JsonFunctions::parse),
                    new IntrinsicFunction("States.JsonToString", 1, 1, JsonFunctions::print),
                    new IntrinsicFunction("States.MathRandom", 2, 3, MathFunctions::random),
                    new IntrinsicFunction("States.MathAdd", 2, 2, MathFunctions::add),
                    new IntrinsicFunction("States.StringSplit", 2, 2, TextFunctions::split),
                    new IntrinsicFunction("States.UUID", 0, 0, MathFunctions::uuid))
            .collect(Collectors.toUnmodifiableMap(IntrinsicFunction::name, Function.identity()));

    /** What a function does with its arguments. */
    @FunctionalInterface
    interface Body {
        /**
         * The function's value.
         *
         * @throws FunctionFailure when it has none for these arguments
         */
        JsonNode apply(Arguments arguments);
    }

    /** The function called {@code name}; null when there is none. */
    static @Nullable IntrinsicFunction named(String name) {
        return BY_NAME.get(name);
    }

    /** Whether its first argument is a template with placeholders. */
    boolean takesTemplate() {
        return name.equals(FORMAT);
    }

    /** Whether it may be called with so many arguments. */
    boolean accepts(int arguments) {
        return fewest <= arguments && arguments <= most;
    }
}
