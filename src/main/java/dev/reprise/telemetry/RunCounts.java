package dev.reprise.telemetry;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.Outcome;
import dev.reprise.runtime.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one execution has done in one invocation, in figures. Used by one thread at a time. */
final class RunCounts {

    private final Map<Metric, Double> counts = new EnumMap<>(Metric.class);
    private final Map<EffectId, Instant> asked = new HashMap<>();
    private final Sample taskTimes = new Sample();
    private @Nullable Duration executionTime;

    void coldStart() {
        add(Metric.COLD_STARTS, 1);
    }

    void count(RunEvent event) {
        switch (event) {
            case RunEvent.Started started -> add(Metric.EXECUTIONS_STARTED, 1);
            case RunEvent.Resumed resumed -> add(Metric.RESUMES, 1);
            case RunEvent.Suspended suspended -> add(Metric.SUSPENSIONS, 1);
            case RunEvent.Ended ended -> {
                add(ofEnd(ended.outcome()), 1);
                executionTime = Duration.between(ended.startedAt(), ended.at());
            }
            case RunEvent.StateEntered entered -> add(Metric.STATES_ENTERED, 1);
            case RunEvent.StateLeft left -> {}
            case RunEvent.StateFailed failed -> {}
            case RunEvent.StateRetried retried -> add(Metric.RETRIES, 1);
            case RunEvent.ItemStarted started -> {}
            case RunEvent.ItemSucceeded succeeded -> add(Metric.ITEMS_SUCCEEDED, 1);
            case RunEvent.ItemFailed failed -> add(Metric.ITEMS_FAILED, 1);
            case RunEvent.TaskAsked task -> {
                add(Metric.TASKS_SCHEDULED, 1);
                asked.put(task.task(), task.at());
            }
            case RunEvent.TaskAnswered task -> answered(task);
            case RunEvent.SpanEnded ended -> {}
            case RunEvent.Flushed flushed -> {
                add(Metric.JOURNAL_WRITES, 1);
                add(Metric.JOURNAL_WRITE_UNITS, flushed.spent().write());
                add(Metric.JOURNAL_READ_UNITS, flushed.spent().read());
            }
        }
    }

    /** A task that an earlier invocation asked for has no time here: how long it took nobody in this process knows. */
    private void answered(RunEvent.TaskAnswered task) {
        add(task.error() == null ? Metric.TASKS_SUCCEEDED : Metric.TASKS_FAILED, 1);
        Instant at = asked.remove(task.task());
        if (at != null) {
            taskTimes.add(Duration.between(at, task.at()).toMillis());
        }
    }

    private static Metric ofEnd(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded succeeded -> Metric.EXECUTIONS_SUCCEEDED;
            case Outcome.Failed failed -> Metric.EXECUTIONS_FAILED;
            case Outcome.TimedOut timedOut -> Metric.EXECUTIONS_TIMED_OUT;
            case Outcome.Aborted aborted -> Metric.EXECUTIONS_ABORTED;
        };
    }

    private void add(Metric metric, double much) {
        counts.merge(metric, much, Double::sum);
    }

    /** Each metric that is not zero. */
    Map<Metric, Double> counts() {
        return counts;
    }

    /** In milliseconds, of at most {@value Sample#MOST} tasks, evenly spread over all. */
    List<Long> taskTimes() {
        return taskTimes.values();
    }

    /** From the execution's start; null while it has not ended. */
    @Nullable
    Duration executionTime() {
        return executionTime;
    }
}
