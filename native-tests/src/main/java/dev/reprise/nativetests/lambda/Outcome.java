package dev.reprise.nativetests.lambda;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** How an invocation ended, as Lambda saw it. */
public sealed interface Outcome {

    /**
     * The function answered.
     *
     * @param payload its answer, JSON
     */
    record Answered(String payload) implements Outcome {}

    /**
     * The function reported an error and lives on.
     *
     * @param errorType the type it gave in the header of its report
     * @param payload its report, usually {@code errorType}, {@code errorMessage} and {@code stackTrace}
     */
    record Failed(String errorType, String payload) implements Outcome {}

    /**
     * The function was still busy at its deadline, so its process was killed.
     *
     * @param timeout the function's time-out
     */
    record TimedOut(Duration timeout) implements Outcome {}

    /**
     * The process ended before it had answered.
     *
     * @param exitStatus its exit status, 137 after {@code kill -9}
     */
    record Died(int exitStatus) implements Outcome {}

    /**
     * The function reported that it cannot start.
     *
     * @param errorType the type it gave in the header of its report
     * @param payload its report
     */
    record NeverStarted(String errorType, String payload) implements Outcome {}

    /** Whether the caller of a synchronous invocation would see {@code FunctionError}. */
    default boolean isError() {
        return !(this instanceof Answered);
    }

    /** What a synchronous invocation gives to its caller: the function's words, or Lambda's own about its end. */
    default String payload() {
        return switch (this) {
            case Answered answered -> answered.payload;
            case Failed failed -> failed.payload;
            case NeverStarted neverStarted -> neverStarted.payload;
            case TimedOut timedOut ->
                "{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"Task timed out after %.2f seconds\"}"
                        .formatted(timedOut.timeout.toMillis() / 1000.0);
            case Died died ->
                "{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"Runtime exited with error: exit status %d\"}"
                        .formatted(died.exitStatus);
        };
    }

    /** The payload's size in bytes. */
    default int size() {
        return payload().getBytes(StandardCharsets.UTF_8).length;
    }
}
