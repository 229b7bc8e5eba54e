package dev.reprise.query;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata.JFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of ours as the engine calls it. The engine only lets functions be applied in part ({@code $substring(?, 0, 2)}) that stand for a method of its own class, so each of ours names one
 * with as many parameters as it has; that method is never called.
 */
final class JsonataFunction extends JFunction {

    /** Methods of the engine with no, one, two, three and four parameters. */
    private static final List<String> METHODS = List.of("random", "lowercase", "append", "pad", "replace");

    private final Body body;
    private final int parameters;

    private JsonataFunction(String name, String signature, int parameters, Body body) {
        super(name, signature, Functions.class, null, METHODS.get(parameters));
        this.body = body;
        this.parameters = parameters;
    }

    /** What a function does. Arguments that were not given, or are undefined, are null. */
    @FunctionalInterface
    interface Body {
        @Nullable
        Object apply(List<?> arguments);
    }

    /**
     * A function.
     *
     * @param name without {@code $}
     * @param signature what it takes and gives, in JSONata's notation
     * @param parameters how many it has at most, up to four
     */
    static JsonataFunction of(String name, String signature, int parameters, Body body) {
        return new JsonataFunction(name, signature, parameters, body);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Object call(Object input, @Nullable List arguments) {
        List<Object> given = new ArrayList<>(parameters);
        for (int i = 0; i < parameters; i++) {
            given.add(arguments != null && i < arguments.size() ? arguments.get(i) : null);
        }
        return body.apply(given);
    }
}
