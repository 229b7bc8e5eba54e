package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.State;
import dev.reprise.execution.DataSetRequest;
import dev.reprise.execution.Effect;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.ItemList;
import dev.reprise.execution.StatesError;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Queries;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tries one state alone, with the interpreter that runs it in an execution: what it makes of its data at each stage,
 * where it leads, and who handles its error. The states that it leads to need not be there, and the children of a Map
 * or Parallel do not run. Immutable.
 */
public final class StateTrial {

    private final BodyProgram body;

    private StateTrial(BodyProgram body) {
        this.body = body;
    }

    /**
     * Compiles a state.
     *
     * @param state of a valid definition
     * @param languages the compiler of each query language
     */
    public static StateTrial of(State state, Function<QueryLanguage, Queries> languages) {
        return new StateTrial(new Compiler(languages).alone(state));
    }

    /** Does the state's work, from entering it to leaving it or to the first thing that goes wrong. */
    public Result run(Conditions conditions, World world) {
        return new TrialExecution(body, conditions).run(world);
    }

    /**
     * Leaves the state's work out: it has gone wrong, and its retriers and catchers have their turn.
     *
     * @param error the state's, or where it is a Map or Parallel that of one of its children
     */
    public Result fail(Conditions conditions, StatesError error) {
        return new TrialExecution(body, conditions).runWith(error);
    }

    /**
     * What the state finds when it is entered.
     *
     * @param identity what the context object tells of the execution around it
     * @param at the time, of which there is one
     * @param input the state's input
     * @param variables those that are set
     * @param context the whole context object; null for one that is made of the other conditions
     * @param inMap whether it runs for the first item of a Map, which is its input
     * @param retries how often the retrier that its error is for has tried again
     * @param failedIterations how many of a Map's items have failed
     * @param limits the interpreter's bounds
     */
    public record Conditions(
            ExecutionIdentity identity,
            Instant at,
            JsonNode input,
            Map<String, JsonNode> variables,
            @Nullable ObjectNode context,
            boolean inMap,
            int retries,
            int failedIterations,
            InterpreterLimits limits) {
        public Conditions {
            variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
            if (retries < 0 || failedIterations < 0) {
                throw new IllegalArgumentException("Retries and failed iterations must not be negative, were " + retries
                        + " and " + failedIterations);
            }
        }
    }

    /** What is outside the state. What it throws comes out of the trial as it is. */
    public interface World {

        /** What a task gives. */
        Answer task(Effect.RunTask task);

        /**
         * What the children of a Map or Parallel give together.
         *
         * @param count how many there would be: items, batches of items, or branches
         */
        Answer children(int count);

        /**
         * A Map's items, from its data set.
         *
         * @throws EvaluationException {@code States.ItemReaderFailed}
         */
        ItemList items(DataSetRequest request);
    }

    /** What came of the work outside. */
    public sealed interface Answer {

        /** It is done. */
        record Succeeded(JsonNode output) implements Answer {}

        /** It went wrong. */
        record Failed(StatesError error) implements Answer {}
    }

    /** What became of the state. */
    public enum Status {
        /** It was left, or ends its body. */
        SUCCEEDED,
        /** Nothing handles its error. */
        FAILED,
        /** A retrier would try again. */
        RETRIABLE,
        /** A catcher goes on with its error. */
        CAUGHT_ERROR
    }

    /**
     * What was seen.
     *
     * @param output what the next state gets; null when there is none
     * @param error what went wrong, handled or not; null when nothing did
     * @param nextState where it leads; null when that is nowhere, or the end
     * @param stages its data on the way, as far as it came
     * @param variables all that are set when it is over
     * @param handling which of its handlers took the error
     */
    public record Result(
            Status status,
            @Nullable JsonNode output,
            @Nullable StatesError error,
            @Nullable String nextState,
            Map<Stage, JsonNode> stages,
            Map<String, JsonNode> variables,
            Handling handling) {
        public Result {
            Map<Stage, JsonNode> ordered = new EnumMap<>(Stage.class);
            ordered.putAll(stages);
            stages = Collections.unmodifiableMap(ordered);
            variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        }
    }

    /**
     * Who handled an error.
     *
     * @param retrier the index of the retrier that matched, with attempts left or not; null when none did
     * @param delay how long it waits, with jitter at most; null when it has no attempt left
     * @param catcher the index of the catcher that took it; null when none did
     */
    public record Handling(
            @Nullable Integer retrier,
            @Nullable Duration delay,
            @Nullable Integer catcher) {}
}
