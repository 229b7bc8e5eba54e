package dev.reprise.core;

import dev.reprise.query.EvaluationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The error names that ASL reserves, and which of them a retrier's or catcher's {@code ErrorEquals} matches.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">AWS, Handling errors</a>
 */
final class ErrorNames {

    static final String ALL = "States.ALL";
    static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";
    static final String EXCEED_TOLERATED_FAILURE_THRESHOLD = "States.ExceedToleratedFailureThreshold";
    static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";
    static final String ITEM_READER_FAILED = "States.ItemReaderFailed";

    /** Results could not be written. */
    static final String RESULT_WRITER_FAILED = "States.ResultWriterFailed";

    static final String NO_CHOICE_MATCHED = "States.NoChoiceMatched";
    static final String QUERY_EVALUATION_ERROR = "States.QueryEvaluationError";
    static final String RUNTIME = "States.Runtime";
    static final String TASK_FAILED = "States.TaskFailed";
    static final String TIMEOUT = "States.Timeout";

    private ErrorNames() {}

    /** Whether one of {@code errorEquals} handles an error of this name. */
    static boolean match(List<String> errorEquals, @Nullable String error) {
        for (String name : errorEquals) {
            if (matches(name, error)) {
                return true;
            }
        }
        return false;
    }

    /** {@code States.ALL} handles all but what AWS calls terminal, {@code States.TaskFailed} all but time-outs, {@code States.Timeout} a missing heartbeat too. */
    private static boolean matches(String name, @Nullable String error) {
        return switch (name) {
            case ALL -> !RUNTIME.equals(error) && !DATA_LIMIT_EXCEEDED.equals(error);
            case TASK_FAILED -> !RUNTIME.equals(error) && !isTimeout(error);
            case TIMEOUT -> isTimeout(error);
            default -> name.equals(error);
        };
    }

    private static boolean isTimeout(@Nullable String error) {
        return TIMEOUT.equals(error) || HEARTBEAT_TIMEOUT.equals(error);
    }

    static EvaluationException noChoiceMatched() {
        return new EvaluationException(NO_CHOICE_MATCHED, "No choice rule matched the input, and there is no Default.");
    }
}
