package dev.reprise.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One state of a body: the eight types of ASL.
 *
 * @see <a href="https://states-language.net/#state-type-table">ASL, State types</a>
 */
public sealed interface State {

    /** Its key in {@code States}: 1 to 80 characters. */
    String name();

    /** Its own query language, or the machine's. */
    QueryLanguage queryLanguage();

    /** How data enters and leaves it. */
    DataFlow dataFlow();

    /** A state that may retry and catch what fails in it. */
    sealed interface Guarded extends State {
        /** {@code Retry}, tried in order. */
        List<Retrier> retry();

        /** {@code Catch}, tried in order when no retrier applies any more. */
        List<Catcher> catchers();

        /** Where it leads when it succeeds. */
        Transition transition();
    }

    /**
     * Passes its input on, or gives a fixed result.
     *
     * @param result JSONPath {@code Result}: a literal that takes the place of the input; null when absent
     */
    record Pass(
            String name,
            QueryLanguage queryLanguage,
            DataFlow dataFlow,
            @Nullable JsonNode result,
            Transition transition)
            implements State {}

    /**
     * Has something outside do work.
     *
     * @param resource what runs it
     * @param timeout seconds until {@code States.Timeout}; null when absent
     * @param heartbeat seconds between heartbeats until {@code States.HeartbeatTimeout}; null when absent
     * @param credentials {@code Credentials}, a payload template; null when absent
     * @param semantics what {@code Reprise.Semantics} says of an interrupted attempt
     * @param rateLimit {@code Reprise.RateLimit}; null when absent
     */
    record Task(
            String name,
            QueryLanguage queryLanguage,
            DataFlow dataFlow,
            Resource resource,
            @Nullable Value timeout,
            @Nullable Value heartbeat,
            @Nullable JsonNode credentials,
            TaskSemantics semantics,
            @Nullable RateLimit rateLimit,
            List<Retrier> retry,
            List<Catcher> catchers,
            Transition transition)
            implements Guarded {
        public Task {
            retry = List.copyOf(retry);
            catchers = List.copyOf(catchers);
        }
    }

    /**
     * Chooses where to go on.
     *
     * @param choices tried in order
     * @param defaultState {@code Default}; null when absent ({@code States.Runtime} then)
     */
    record Choice(
            String name,
            QueryLanguage queryLanguage,
            DataFlow dataFlow,
            List<ChoiceRule> choices,
            @Nullable String defaultState)
            implements State {
        public Choice {
            choices = List.copyOf(choices);
        }
    }

    /**
     * Waits for a while or until a time.
     *
     * @param until when it ends
     */
    record Wait(String name, QueryLanguage queryLanguage, DataFlow dataFlow, WaitUntil until, Transition transition)
            implements State {}

    /** When a Wait state ends. */
    sealed interface WaitUntil {
        /** {@code Seconds} or {@code SecondsPath}: a whole number from 0 to 99,999,999. */
        record Seconds(Value value) implements WaitUntil {}

        /** {@code Timestamp} or {@code TimestampPath}: an RFC 3339 time. */
        record Timestamp(Value value) implements WaitUntil {}
    }

    /** Ends the body successfully. */
    record Succeed(String name, QueryLanguage queryLanguage, DataFlow dataFlow) implements State {}

    /**
     * Ends the body, and so the execution, with an error.
     *
     * @param error {@code Error} or {@code ErrorPath}; null when absent
     * @param cause {@code Cause} or {@code CausePath}; null when absent
     */
    record Fail(
            String name,
            QueryLanguage queryLanguage,
            DataFlow dataFlow,
            @Nullable Value error,
            @Nullable Value cause) implements State {}

    /**
     * Runs its branches concurrently on the same input.
     *
     * @param branches at least one; each gives one element of the result, in order
     * @param completion the {@code Reprise} block; {@link CompletionOptions#PLAIN} when absent
     */
    record Parallel(
            String name,
            QueryLanguage queryLanguage,
            DataFlow dataFlow,
            List<Body> branches,
            CompletionOptions completion,
            List<Retrier> retry,
            List<Catcher> catchers,
            Transition transition)
            implements Guarded {
        public Parallel {
            branches = List.copyOf(branches);
            retry = List.copyOf(retry);
            catchers = List.copyOf(catchers);
        }
    }

    /**
     * Runs its processor for each item.
     *
     * @param items {@code ItemsPath} or {@code Items}; null when absent (the effective input)
     * @param itemSelector template of each item's input ({@code ItemSelector}, or {@code Parameters} in older files);
     *     null when absent
     * @param processor what runs for each item ({@code ItemProcessor}, or {@code Iterator} in older files)
     * @param maxConcurrency items in flight at once, 0 without bound; null when absent
     * @param toleratedFailureCount null when absent
     * @param toleratedFailurePercentage 0 to 100; null when absent
     * @param reader where a distributed Map's items come from; null when absent
     * @param batcher how items are grouped; null when absent
     * @param resultWriter where the results go; null when absent
     * @param label prefix of its child executions' names; null when absent
     * @param completion the {@code Reprise} block; {@link CompletionOptions#PLAIN} when absent
     */
    record Map(
            String name,
            QueryLanguage queryLanguage,
            DataFlow dataFlow,
            @Nullable Value items,
            @Nullable JsonNode itemSelector,
            ItemProcessor processor,
            @Nullable Value maxConcurrency,
            @Nullable Value toleratedFailureCount,
            @Nullable Value toleratedFailurePercentage,
            @Nullable ItemReader reader,
            @Nullable ItemBatcher batcher,
            @Nullable ResultWriter resultWriter,
            @Nullable String label,
            CompletionOptions completion,
            List<Retrier> retry,
            List<Catcher> catchers,
            Transition transition)
            implements Guarded {
        public Map {
            retry = List.copyOf(retry);
            catchers = List.copyOf(catchers);
        }
    }
}
