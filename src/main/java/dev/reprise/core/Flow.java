package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Catcher;
import dev.reprise.query.Expression;
import org.jspecify.annotations.Nullable;

/**
 * How data enters and leaves one state, compiled; one form for each query language. Every method may throw {@link
 * dev.reprise.query.EvaluationException}.
 */
sealed interface Flow permits JsonPathFlow, JsonataFlow {

    /** What the state works on: its input, or what its {@code Parameters} or {@code Arguments} make of it. */
    JsonNode workOn(Scope scope, Execution execution);

    /** What an expression about the result of a Parallel or Map sees. */
    StateEnvironment ofResult(Scope scope, JsonNode result, Execution execution);

    /** Leaving with the result of a task, a Parallel or a Map. */
    Exit withResult(Scope scope, JsonNode result, Execution execution);

    /** Leaving a state that has no result to be seen: {@code worked} stands in for it. */
    Exit withoutResult(Scope scope, JsonNode worked, Execution execution);

    /** Leaving a Choice by a rule, which has an output and variables of its own, or none. */
    Exit chosen(
            Scope scope,
            JsonNode worked,
            @Nullable Expression output,
            @Nullable Expression assign,
            Execution execution);

    /** The error of a value that has the wrong type. */
    String typeError();

    /** What a catcher makes of an error. */
    interface Handler {

        /** Leaving by the catcher. */
        Exit caught(Scope scope, ObjectNode errorOutput, Execution execution);
    }

    /**
     * Compiles a catcher's part of the flow.
     *
     * @param location where the catcher's fields stand in the state, such as {@code Catch[0]/}
     */
    Handler handler(Catcher catcher, String location, Compiler compiler, dev.reprise.asl.State state);
}
