package dev.reprise.execution;

import dev.reprise.query.EvaluationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The error names that ASL reserves, and which of them a retrier's or catcher's {@code ErrorEquals} matches.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">AWS, Handling
 *     errors</a>
 */
public final class ErrorNames {

    static final String ALL = "States.ALL";

    /** A branch of a Parallel failed, whatever its own error is called: only a retrier's or catcher's word for it. */
    static final String BRANCH_FAILED = "States.BranchFailed";

    public static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";
    public static final String EXCEED_TOLERATED_FAILURE_THRESHOLD = "States.ExceedToleratedFailureThreshold";
    public static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";
    public static final String ITEM_READER_FAILED = "States.ItemReaderFailed";

    /** Results could not be written. */
    public static final String RESULT_WRITER_FAILED = "States.ResultWriterFailed";

    public static final String QUERY_EVALUATION_ERROR = "States.QueryEvaluationError";
    public static final String RUNTIME = "States.Runtime";
    /** A path that names one place cannot be followed, or not be written at. */
    public static final String REFERENCE_PATH_CONFLICT = "States.ReferencePathConflict";

    /** What AWS's documentation calls that where a result is written: only a retrier's or catcher's word for it. */
    static final String RESULT_PATH_MATCH_FAILURE = "States.ResultPathMatchFailure";

    static final String TASK_FAILED = "States.TaskFailed";
    public static final String TIMEOUT = "States.Timeout";

    private ErrorNames() {}

    /** Where a state's error comes from. */
    public enum Origin {
        /** The state itself: its data, its limits, its own fields. */
        STATE,
        /** Whoever does its task. */
        TASK,
        /** A branch of a Parallel. */
        BRANCH
    }

    /** Whether one of {@code errorEquals} handles an error of this name. */
    public static boolean match(List<String> errorEquals, @Nullable String error, Origin origin) {
        for (String name : errorEquals) {
            if (matches(name, error, origin)) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@code States.ALL} handles all but what AWS calls terminal, {@code States.TaskFailed} all but time-outs, {@code
     * States.Timeout} a missing heartbeat too. A result that is too large is terminal where a state makes it of its
     * data, and a failure like any other where a task gives it.
     */
    private static boolean matches(String name, @Nullable String error, Origin origin) {
        return switch (name) {
            case ALL -> !RUNTIME.equals(error) && (origin == Origin.TASK || !DATA_LIMIT_EXCEEDED.equals(error));
            case BRANCH_FAILED -> origin == Origin.BRANCH ? !RUNTIME.equals(error) : BRANCH_FAILED.equals(error);
            case TASK_FAILED -> !RUNTIME.equals(error) && !isTimeout(error);
            case TIMEOUT -> isTimeout(error);
            case RESULT_PATH_MATCH_FAILURE -> REFERENCE_PATH_CONFLICT.equals(error) || name.equals(error);
            default -> name.equals(error);
        };
    }

    private static boolean isTimeout(@Nullable String error) {
        return TIMEOUT.equals(error) || HEARTBEAT_TIMEOUT.equals(error);
    }

    /**
     * The error of a result that is too large, in AWS's words.
     *
     * @param what the state, or what did its task, as AWS calls it
     */
    public static StatesError resultTooLarge(String what) {
        return new StatesError(
                DATA_LIMIT_EXCEEDED,
                "The state/task '" + what
                        + "' returned a result with a size exceeding the maximum number of bytes service limit.");
    }

    /** Step Functions has the name {@code States.NoChoiceMatched} in its documentation only. */
    public static EvaluationException noChoiceMatched() {
        return new EvaluationException(
                RUNTIME, "Failed to transition out of the state. The state does not point to a next state.");
    }
}
