package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.jsonata.base.JsonataException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls functions, applies them in part, and chains them. */
final class Calls {

    private Calls() {}

    /** {@code value ~> function}. */
    static @Nullable JsonNode evaluate(Node.Apply apply, @Nullable JsonNode input, Frame frame, Evaluation evaluation) {
        JsonNode value = Evaluator.evaluate(apply.value(), input, frame, evaluation);
        Node right = apply.function() instanceof Node.Refined refined ? refined.inner() : apply.function();
        if (right instanceof Node.Call call) {
            return evaluate(call, new Given(value), input, frame, evaluation);
        }
        JsonNode function = Evaluator.evaluate(apply.function(), input, frame, evaluation);
        if (!(function instanceof FunctionValue second)) {
            throw JsonataException.of("T2006").value(function);
        }
        if (value instanceof FunctionValue first) {
            return new FunctionValue.Chain(first, second);
        }
        return apply(second, single(value), null, null, evaluation);
    }

    /** The first argument of a call behind {@code ~>}. */
    record Given(@Nullable JsonNode value) {}

    static @Nullable JsonNode evaluate(
            Node.Call call, @Nullable Given first, @Nullable JsonNode input, Frame frame, Evaluation evaluation) {
        JsonNode function = Evaluator.evaluate(call.procedure(), input, frame, evaluation);
        String name = call.name();
        if (function == null && call.bare() && name != null && evaluation.variable(name, frame) != null) {
            throw JsonataException.of("T1005").token(name);
        }
        List<@Nullable JsonNode> arguments = new ArrayList<>(call.arguments().size() + 1);
        if (first != null) {
            arguments.add(first.value());
        }
        for (Node argument : call.arguments()) {
            arguments.add(Evaluator.evaluate(argument, input, frame, evaluation));
        }
        return apply(function, arguments, input, name, evaluation);
    }

    static JsonNode evaluate(Node.PartialCall call, @Nullable JsonNode input, Frame frame, Evaluation evaluation) {
        List<@Nullable JsonNode> given = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        for (Node argument : call.arguments()) {
            if (argument == null) {
                open.add(given.size());
            }
            given.add(argument == null ? null : Evaluator.evaluate(argument, input, frame, evaluation));
        }
        JsonNode function = Evaluator.evaluate(call.procedure(), input, frame, evaluation);
        String name = call.name();
        if (function instanceof FunctionValue called) {
            return new FunctionValue.Partial(called, given, open);
        }
        if (function == null && call.bare() && name != null && evaluation.variable(name, frame) != null) {
            throw JsonataException.of("T1007").token(name);
        }
        throw JsonataException.of("T1008").token(name);
    }

    static List<@Nullable JsonNode> single(@Nullable JsonNode value) {
        List<@Nullable JsonNode> arguments = new ArrayList<>(1);
        arguments.add(value);
        return arguments;
    }

    /**
     * What {@code function} gives for {@code arguments}, and what the calls give that it ends with.
     *
     * @param context the context value where it is called
     * @param name what it is called there; errors that name no function name this one
     */
    static @Nullable JsonNode apply(
            @Nullable JsonNode function,
            List<@Nullable JsonNode> arguments,
            @Nullable JsonNode context,
            @Nullable String name,
            Evaluation evaluation) {
        try {
            JsonNode result = once(function, arguments, context, evaluation);
            while (result instanceof TailCall tail) {
                evaluation.burn(1);
                JsonNode next = Evaluator.evaluate(tail.call.procedure(), tail.input, tail.frame, evaluation);
                List<@Nullable JsonNode> given =
                        new ArrayList<>(tail.call.arguments().size());
                for (Node argument : tail.call.arguments()) {
                    given.add(Evaluator.evaluate(argument, tail.input, tail.frame, evaluation));
                }
                result = named(next, given, tail, evaluation);
            }
            return result;
        } catch (JsonataException e) {
            throw e.in(name);
        }
    }

    private static @Nullable JsonNode named(
            @Nullable JsonNode function, List<@Nullable JsonNode> given, TailCall tail, Evaluation evaluation) {
        try {
            return once(function, given, tail.input, evaluation);
        } catch (JsonataException e) {
            throw e.in(tail.call.name());
        }
    }

    private static @Nullable JsonNode once(
            @Nullable JsonNode function,
            List<@Nullable JsonNode> arguments,
            @Nullable JsonNode context,
            Evaluation evaluation) {
        if (!(function instanceof FunctionValue called)) {
            throw JsonataException.of("T1006");
        }
        // A call takes more of the stack than what is evaluated in place.
        evaluation.enter();
        JsonNode result = switch (called) {
            case Builtin builtin -> builtin.call(arguments, context, evaluation);
            case FunctionValue.Lambda lambda -> lambda(lambda, arguments, context, evaluation);
            case FunctionValue.Partial partial ->
                once(partial.function, filled(partial, arguments, evaluation), context, evaluation);
            case FunctionValue.Chain chain -> chain(chain, arguments, evaluation);
            case PatternValue pattern -> pattern.call(arguments, evaluation);
            case PatternValue.Next next -> next.call(evaluation);
            case TransformValue transform -> Transforms.apply(transform, arguments, context, evaluation);
            case TailCall tail -> throw new IllegalStateException("A call that is not made cannot be called");
        };
        evaluation.leave();
        return result;
    }

    private static @Nullable JsonNode lambda(
            FunctionValue.Lambda lambda,
            List<@Nullable JsonNode> arguments,
            @Nullable JsonNode context,
            Evaluation evaluation) {
        Signature signature = lambda.code.signature();
        List<@Nullable JsonNode> given =
                signature == null ? arguments : signature.check(arguments, context, evaluation);
        List<String> parameters = lambda.code.parameters();
        evaluation.burn((long) parameters.size() * parameters.size() / 64);
        Frame frame = new Frame(lambda.frame, parameters.size());
        for (int i = 0; i < parameters.size(); i++) {
            frame.bind(parameters.get(i), i < given.size() ? given.get(i) : null);
        }
        return Evaluator.evaluate(lambda.code.body(), lambda.input, frame, evaluation);
    }

    /** Chains are as deep as they are long. */
    private static @Nullable JsonNode chain(
            FunctionValue.Chain chain, List<@Nullable JsonNode> arguments, Evaluation evaluation) {
        evaluation.enter();
        JsonNode first = apply(chain.first, arguments, null, null, evaluation);
        JsonNode second = apply(chain.second, single(first), null, null, evaluation);
        evaluation.leave();
        return second;
    }

    private static List<@Nullable JsonNode> filled(
            FunctionValue.Partial partial, List<@Nullable JsonNode> arguments, Evaluation evaluation) {
        evaluation.burn(partial.given.size());
        List<@Nullable JsonNode> filled = new ArrayList<>(partial.given);
        for (int i = 0; i < partial.open.size() && i < arguments.size(); i++) {
            filled.set(partial.open.get(i), arguments.get(i));
        }
        return filled;
    }
}
