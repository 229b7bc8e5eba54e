package dev.reprise.runtime;

import dev.reprise.journal.Caller;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The forms of {@code arn:aws:states:::states:startExecution}: a task that starts another execution.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html">AWS, Start a new state machine from a running execution</a>
 */
enum NestedResource {
    /** The task is over when the execution has begun. */
    START,
    /** The task is over when the execution is. */
    SYNC,
    /** The same; input and output are JSON instead of texts. */
    SYNC_2,
    /** The task is over when its token comes back. */
    WAIT_FOR_TASK_TOKEN;

    private static final String ACTION = ":states:startExecution";

    private static final Pattern RESOURCE =
            Pattern.compile("arn:[^:]*:states:[^:]*:[^:]*" + ACTION + "(|\\.sync|\\.sync:2|\\.waitForTaskToken)");

    /** Null when the resource is something else. */
    static @Nullable NestedResource of(String resource) {
        // Asked for every task: hardly any has to be matched.
        if (!resource.contains(ACTION)) {
            return null;
        }
        Matcher form = RESOURCE.matcher(resource);
        if (!form.matches()) {
            return null;
        }
        return switch (form.group(1)) {
            case ".sync" -> SYNC;
            case ".sync:2" -> SYNC_2;
            case ".waitForTaskToken" -> WAIT_FOR_TASK_TOKEN;
            default -> START;
        };
    }

    /** What of the execution the task waits for. */
    Caller.Awaits awaits() {
        return switch (this) {
            case START, WAIT_FOR_TASK_TOKEN -> Caller.Awaits.NOTHING;
            case SYNC -> Caller.Awaits.TEXT;
            case SYNC_2 -> Caller.Awaits.JSON;
        };
    }
}
