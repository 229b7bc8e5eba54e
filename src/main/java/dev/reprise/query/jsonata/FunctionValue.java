package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function as a value. It stands among JSON values, but is none: a result with a function in it is refused. */
@SuppressWarnings("serial")
abstract sealed class FunctionValue extends POJONode
        permits Builtin,
                FunctionValue.Lambda,
                FunctionValue.Partial,
                FunctionValue.Chain,
                PatternValue,
                PatternValue.Next,
                TransformValue,
                TailCall {

    FunctionValue() {
        super(null);
    }

    /** How many arguments it takes at most; a function that calls back gives no more. */
    abstract int parameters();

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** {@code function($a, $b) { body }} and where it was written. */
    static final class Lambda extends FunctionValue {
        final transient Node.Lambda code;
        final transient @Nullable JsonNode input;
        final transient Frame frame;

        Lambda(Node.Lambda code, @Nullable JsonNode input, Frame frame) {
            this.code = code;
            this.input = input;
            this.frame = frame;
        }

        @Override
        int parameters() {
            return code.parameters().size();
        }
    }

    /** A function some of whose arguments are given already; {@code open} are the places of the others. */
    static final class Partial extends FunctionValue {
        final FunctionValue function;
        final transient List<@Nullable JsonNode> given;
        final transient List<Integer> open;

        Partial(FunctionValue function, List<@Nullable JsonNode> given, List<Integer> open) {
            this.function = function;
            this.given = given;
            this.open = open;
        }

        @Override
        int parameters() {
            return open.size();
        }
    }

    /** {@code first ~> second}. */
    static final class Chain extends FunctionValue {
        final FunctionValue first;
        final FunctionValue second;

        Chain(FunctionValue first, FunctionValue second) {
            this.first = first;
            this.second = second;
        }

        @Override
        int parameters() {
            return 1;
        }
    }
}
