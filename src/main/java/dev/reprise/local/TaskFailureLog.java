package dev.reprise.local;

import dev.reprise.execution.ExecutionId;
import dev.reprise.task.FailureListener;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows a developer which task has failed, and where in his code: one line, and the exception's trace without the
 * frames that are not his. What fails over and over, the items of a large Map for instance, is shown a few times, then
 * counted. Thread-safe.
 */
public final class TaskFailureLog implements FailureListener {

    /** Failures of one kind that are shown; later ones at each power of ten. */
    private static final int SHOWN = 3;

    /** Kinds that are counted. */
    private static final int MOST_KINDS = 500;

    private final Consumer<String> sink;

    /** How often each kind was seen. Guarded by this. */
    private final Map<String, Integer> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MOST_KINDS;
        }
    };

    /** @param sink takes each text */
    public TaskFailureLog(Consumer<String> sink) {
        this.sink = sink;
    }

    @Override
    public void failed(TaskCall call, Throwable thrown) {
        Throwable cause = thrown instanceof TaskException failure ? failure.getCause() : thrown;
        String what = what(thrown, cause);
        String trace = UserTrace.of(cause);
        int times = count(call.context().state() + ' ' + kind(thrown, cause) + trace);
        if (times <= SHOWN || isPowerOfTen(times)) {
            sink.accept(place(call) + " failed: " + what + (times <= SHOWN ? trace : " (" + times + " times so far)")
                    + (times == SHOWN ? "\n\t(further failures of this kind are not shown one by one)" : ""));
        }
    }

    private synchronized int count(String kind) {
        return seen.merge(kind, 1, Integer::sum);
    }

    private static boolean isPowerOfTen(int number) {
        int left = number;
        while (left >= 10 && left % 10 == 0) {
            left /= 10;
        }
        return left == 1;
    }

    /** Such as {@code orders/Charge, attempt 1 (execution 2f6c, /ProcessOrders[17])}. */
    private static String place(TaskCall call) {
        ExecutionId id = ExecutionId.ofArn(call.context().executionArn());
        String scope = call.context().scope();
        return id.workflow() + "/" + call.context().state() + ", attempt "
                + call.context().attempt() + " (execution " + id.name() + (scope.equals("/") ? "" : ", " + scope)
                + ")";
    }

    private static String what(Throwable thrown, @Nullable Throwable cause) {
        String text = cause == null ? String.valueOf(thrown.getMessage()) : cause.toString();
        return text.replaceAll("\\R", " ");
    }

    /** Messages tell items apart, but not kinds. */
    private static String kind(Throwable thrown, @Nullable Throwable cause) {
        return thrown instanceof TaskException failure
                ? String.valueOf(failure.error().error())
                : String.valueOf(cause == null ? thrown.getClass() : cause.getClass());
    }
}
