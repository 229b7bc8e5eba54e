package dev.reprise.telemetry;

import dev.reprise.execution.Outcome;
import dev.reprise.runtime.RunEvent;

/**
 * Which events are logged; the levels are those of <a
 * href="https://docs.aws.amazon.com/step-functions/latest/dg/cloudwatch-log-level.html">Step Functions' logging</a>.
 */
public enum LogLevel {
    /** Every event, but that a span ended: what ended it is an event of its own. */
    ALL,
    /** What went wrong: in a state, an item or a task, and each end but success. */
    ERROR,
    /** Each end of an execution but success. */
    FATAL,
    /** Nothing. */
    OFF;

    /** Whether an event is logged at this level. */
    public boolean includes(RunEvent event) {
        return switch (this) {
            case ALL -> !(event instanceof RunEvent.SpanEnded);
            case ERROR -> isError(event) || isFatal(event);
            case FATAL -> isFatal(event);
            case OFF -> false;
        };
    }

    static boolean isError(RunEvent event) {
        return event instanceof RunEvent.StateFailed
                || event instanceof RunEvent.ItemFailed
                || (event instanceof RunEvent.TaskAnswered answered && answered.error() != null);
    }

    static boolean isFatal(RunEvent event) {
        return event instanceof RunEvent.Ended ended && !(ended.outcome() instanceof Outcome.Succeeded);
    }
}
