package dev.reprise.telemetry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.StatesError;
import dev.reprise.runtime.RunEvent;
import dev.reprise.runtime.RunListener;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A line of JSON for each event that the level asks for, as it happens: a replay writes none again. Each names the
 * execution, its workflow, and where there is one the state, the scope of the item or branch, and the attempt.
 * Thread-safe, as its sink must be.
 */
public final class RunLog implements RunListener {

    private final LogLevel level;
    private final boolean withData;
    private final Supplier<@Nullable String> requestId;
    private final Consumer<String> sink;

    /**
     * A log.
     *
     * @param withData whether outputs and causes are written, which may hold what only some may read
     * @param requestId that of the invocation in this thread; null when it is not known
     * @param sink takes each line, without its end
     */
    public RunLog(LogLevel level, boolean withData, Supplier<@Nullable String> requestId, Consumer<String> sink) {
        this.level = level;
        this.withData = withData;
        this.requestId = requestId;
        this.sink = sink;
    }

    @Override
    public void on(RunEvent event) {
        if (level.includes(event)) {
            sink.accept(line(event).toString());
        }
    }

    private ObjectNode line(RunEvent event) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("timestamp", event.at().toString());
        line.put("level", LogLevel.isError(event) || LogLevel.isFatal(event) ? "ERROR" : "INFO");
        line.put("event", name(event));
        line.put("executionArn", event.executionArn());
        line.put("workflow", Names.workflow(event.executionArn()));
        String request = requestId.get();
        if (request != null) {
            line.put("requestId", request);
        }
        if (event instanceof RunEvent.InScope inScope && inScope.scope().parent() != null) {
            line.put("scope", inScope.scope().toString());
        }
        details(line, event);
        return line;
    }

    private void details(ObjectNode line, RunEvent event) {
        switch (event) {
            case RunEvent.Started started -> {}
            case RunEvent.Resumed resumed -> {}
            case RunEvent.Suspended suspended -> {
                if (suspended.wakeAt() != null) {
                    line.put("wakeAt", suspended.wakeAt().toString());
                }
            }
            case RunEvent.Ended ended -> outcome(line, ended.outcome());
            case RunEvent.StateEntered entered -> line.put("state", entered.state());
            case RunEvent.StateLeft left -> line.put("state", left.state());
            case RunEvent.StateFailed failed -> error(line.put("state", failed.state()), failed.error());
            case RunEvent.StateRetried retried ->
                line.put("state", retried.state()).put("due", retried.due().toString());
            case RunEvent.ItemStarted started -> {}
            case RunEvent.ItemSucceeded succeeded -> {}
            case RunEvent.ItemFailed failed -> error(line, failed.error());
            case RunEvent.TaskAsked asked ->
                line.put("state", asked.state())
                        .put("attempt", asked.attempt())
                        .put("task", asked.task().toString());
            case RunEvent.TaskAnswered answered -> {
                line.put("task", answered.task().toString());
                if (answered.error() != null) {
                    error(line, answered.error());
                }
            }
            case RunEvent.SpanEnded ended -> {}
            case RunEvent.Flushed flushed ->
                line.put("writeUnits", flushed.units().write())
                        .put("readUnits", flushed.units().read());
        }
    }

    private void outcome(ObjectNode line, Outcome outcome) {
        switch (outcome) {
            case Outcome.Succeeded succeeded -> {
                if (withData) {
                    line.set("output", succeeded.output());
                }
            }
            case Outcome.Failed failed -> error(line, failed.error());
            case Outcome.TimedOut timedOut -> line.put("error", "States.Timeout");
            case Outcome.Aborted(String error, String cause) -> error(line, new StatesError(error, cause));
        }
    }

    private void error(ObjectNode line, StatesError error) {
        if (error.error() != null) {
            line.put("error", error.error());
        }
        if (withData && error.cause() != null) {
            line.put("cause", error.cause());
        }
    }

    /** What an event is called in a line. */
    static String name(RunEvent event) {
        return switch (event) {
            case RunEvent.Started started -> "ExecutionStarted";
            case RunEvent.Resumed resumed -> "ExecutionResumed";
            case RunEvent.Suspended suspended -> "ExecutionSuspended";
            case RunEvent.Ended ended -> Names.ofEnd(ended.outcome());
            case RunEvent.StateEntered entered -> "StateEntered";
            case RunEvent.StateLeft left -> "StateExited";
            case RunEvent.StateFailed failed -> "StateFailed";
            case RunEvent.StateRetried retried -> "StateRetried";
            case RunEvent.ItemStarted started -> "ItemStarted";
            case RunEvent.ItemSucceeded succeeded -> "ItemSucceeded";
            case RunEvent.ItemFailed failed -> "ItemFailed";
            case RunEvent.TaskAsked asked -> "TaskScheduled";
            case RunEvent.TaskAnswered answered -> answered.error() == null ? "TaskSucceeded" : "TaskFailed";
            case RunEvent.SpanEnded ended -> "SpanEnded";
            case RunEvent.Flushed flushed -> "JournalFlushed";
        };
    }
}
