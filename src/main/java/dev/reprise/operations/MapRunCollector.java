package dev.reprise.operations;

import dev.reprise.core.LiveObserver;
import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.execution.ScopePath;
import dev.reprise.execution.StatesError;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the Map Runs of an execution while a replay passes them by. A scope is in one state at a time, so what
 * happens to children of a scope belongs to the run that was started there last.
 */
final class MapRunCollector implements ExecutionObserver, LiveObserver {

    private final String executionArn;
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final Map<ScopePath, Run> current = new HashMap<>();
    private final Map<ScopePath, Size> sizes = new HashMap<>();

    MapRunCollector(String executionArn) {
        this.executionArn = executionArn;
    }

    private record Size(
            int total,
            int maxConcurrency,
            @Nullable Long count,
            @Nullable BigDecimal percentage) {}

    private static final class Run {
        private final String arn;
        private final Instant startedAt;
        private MapRunView.Status status = MapRunView.Status.RUNNING;
        private @Nullable Instant stoppedAt;
        private Size size = new Size(0, 0, null, null);
        private int started;
        private int succeeded;
        private int failed;
        private int redrives;
        private @Nullable Instant redrivenAt;

        Run(String arn, Instant startedAt) {
            this.arn = arn;
            this.startedAt = startedAt;
        }
    }

    @Override
    public void on(HistoryEvent event) {
        Run run = current.get(event.scope());
        switch (event.type()) {
            case MapRunStarted -> {
                Run begun = new Run(event.details().path("mapRunArn").asText(), event.timestamp());
                Size size = sizes.remove(event.scope());
                begun.size = size == null ? begun.size : size;
                runs.put(begun.arn, begun);
                current.put(event.scope(), begun);
            }
            case MapRunSucceeded -> end(run, MapRunView.Status.SUCCEEDED, event.timestamp());
            case MapRunFailed -> end(run, MapRunView.Status.FAILED, event.timestamp());
            case MapRunAborted -> end(run, MapRunView.Status.ABORTED, event.timestamp());
            case MapRunRedriven -> redriven(event);
            default -> {}
        }
    }

    private static void end(@Nullable Run run, MapRunView.Status status, Instant at) {
        if (run != null) {
            run.status = status;
            run.stoppedAt = at;
        }
    }

    /** Children that did not succeed start once more. */
    private void redriven(HistoryEvent event) {
        Run run = runs.get(event.details().path("mapRunArn").asText());
        if (run != null) {
            run.status = MapRunView.Status.RUNNING;
            run.stoppedAt = null;
            run.redrives++;
            run.redrivenAt = event.timestamp();
            run.started = run.succeeded;
            run.failed = 0;
            current.put(event.scope(), run);
        }
    }

    @Override
    public void childrenCounted(
            ScopePath scope,
            int total,
            int maxConcurrency,
            @Nullable Long toleratedFailureCount,
            @Nullable BigDecimal toleratedFailurePercentage) {
        Size size = new Size(total, maxConcurrency, toleratedFailureCount, toleratedFailurePercentage);
        Run run = current.get(scope);
        if (run != null && run.status == MapRunView.Status.RUNNING) {
            run.size = size;
        } else {
            // The event that it has started comes next, if it is a distributed Map.
            sizes.put(scope, size);
        }
    }

    private @Nullable Run of(ScopePath item) {
        ScopePath owner = item.parent();
        Run run = owner == null ? null : current.get(owner);
        return run == null || run.stoppedAt != null ? null : run;
    }

    @Override
    public void itemStarted(ScopePath item, Instant at) {
        Run run = of(item);
        if (run != null) {
            run.started++;
        }
    }

    @Override
    public void itemSucceeded(ScopePath item, Instant at) {
        Run run = of(item);
        if (run != null) {
            run.succeeded++;
        }
    }

    @Override
    public void itemFailed(ScopePath item, StatesError error, Instant at) {
        Run run = of(item);
        if (run != null) {
            run.failed++;
        }
    }

    @Override
    public void stateEntered(ScopePath scope, String state, Instant at) {}

    @Override
    public void stateLeft(ScopePath scope, String state, Instant at) {
        sizes.remove(scope);
    }

    @Override
    public void stateFailed(ScopePath scope, String state, StatesError error, Instant at) {}

    @Override
    public void stateRetried(ScopePath scope, String state, Instant due, Instant at) {}

    /** In the order in which they started. */
    List<MapRunView> runs() {
        List<MapRunView> views = new ArrayList<>();
        for (Run run : runs.values()) {
            int open = Math.max(0, run.started - run.succeeded - run.failed);
            boolean ended = run.stoppedAt != null;
            views.add(new MapRunView(
                    run.arn,
                    executionArn,
                    run.status,
                    run.startedAt,
                    run.stoppedAt,
                    run.size.maxConcurrency(),
                    run.size.count(),
                    run.size.percentage(),
                    new MapRunView.Counts(
                            Math.max(0, run.size.total() - run.started),
                            ended ? 0 : open,
                            run.succeeded,
                            run.failed,
                            ended ? open : 0,
                            Math.max(run.size.total(), run.started)),
                    run.redrives,
                    run.redrivenAt));
        }
        return views;
    }
}
