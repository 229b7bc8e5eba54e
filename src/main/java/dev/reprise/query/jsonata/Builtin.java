package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function of the language's own. */
@SuppressWarnings("serial")
final class Builtin extends FunctionValue {

    private final transient Signature signature;
    private final transient Body body;
    private final String name;
    private final int parameters;

    private Builtin(String name, Signature signature, int parameters, Body body) {
        this.name = name;
        this.signature = signature;
        this.parameters = parameters;
        this.body = body;
    }

    /** What a function does. Arguments that were not given, or are undefined, are null. */
    @FunctionalInterface
    interface Body {
        @Nullable
        JsonNode apply(List<@Nullable JsonNode> arguments, Evaluation evaluation);
    }

    /**
     * A function.
     *
     * @param name without {@code $}
     * @param signature what it takes and gives, in JSONata's notation
     * @param parameters how many arguments a function gives that calls back
     */
    static Builtin of(String name, String signature, int parameters, Body body) {
        return new Builtin(name, Signature.parse(signature), parameters, body);
    }

    /** A function that gives undefined where its first argument is undefined. */
    static Builtin ofDefined(String name, String signature, int parameters, DefinedBody body) {
        return of(name, signature, parameters, (arguments, evaluation) -> {
            JsonNode first = arguments.get(0);
            return first == null ? null : body.apply(first, arguments, evaluation);
        });
    }

    /** What a function does whose first argument is there. */
    @FunctionalInterface
    interface DefinedBody {
        @Nullable
        JsonNode apply(JsonNode first, List<@Nullable JsonNode> arguments, Evaluation evaluation);
    }

    String name() {
        return name;
    }

    @Override
    int parameters() {
        return parameters;
    }

    @Nullable
    JsonNode call(List<@Nullable JsonNode> arguments, @Nullable JsonNode context, Evaluation evaluation) {
        evaluation.burn(1);
        return body.apply(signature.check(arguments, context, evaluation), evaluation);
    }
}
