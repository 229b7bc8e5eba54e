package dev.reprise.operations;

import static dev.reprise.operations.UnreadableJournals.readably;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.RequestException;
import dev.reprise.history.HistoryPage;
import dev.reprise.history.HistoryQuery;
import dev.reprise.runtime.RunListeners;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Executions as the journal keeps them: starts, carries on, stops and shows them. Thread-safe; each call works on its
 * caller's thread.
 */
public final class JournaledExecutions implements Executions, DetachedExecutions {

    private final ExecutionViews views;
    private final Starts starts;
    private final Resumptions resumptions;
    private final Stops stops;
    private final Redrives redrives;
    private final Launches launches;

    /**
     * Executions that show nothing of what {@code Reprise.Redact} of their definitions names.
     *
     * @param services shared with other parts
     */
    public JournaledExecutions(ExecutionServices services) {
        this(services, true);
    }

    /** Executions that show everything, for tests of workflows. */
    public static JournaledExecutions showingAll(ExecutionServices services) {
        return new JournaledExecutions(services, false);
    }

    private JournaledExecutions(ExecutionServices services, boolean redacts) {
        this.views = new ExecutionViews(services, redacts);
        RunListeners listeners = RunListeners.of(services.listeners());
        NestedExecutions nested = new NestedExecutions(services);
        Settlements settlements = new Settlements(services, nested, views);
        ForcedEnds forcedEnds = new ForcedEnds(services, views, settlements, listeners);
        Runs runs = new Runs(services, nested, listeners);
        OwnedExecutions owned = new OwnedExecutions(
                services,
                views,
                nested,
                runs,
                forcedEnds,
                new DataOutages(services, views, forcedEnds, listeners),
                settlements);
        this.resumptions = new Resumptions(services, owned, forcedEnds, nested, settlements, views);
        NewExecutions executions = new NewExecutions(services);
        this.starts = new Starts(services, executions, owned, resumptions, views);
        this.launches = new Launches(services, executions, owned);
        this.stops = new Stops(services, forcedEnds, resumptions, views);
        this.redrives = new Redrives(services, owned, settlements, resumptions, views);
    }

    @Override
    public ExecutionDescription start(String workflow, @Nullable String name, JsonNode input, Invocation invocation) {
        return starts.start(workflow, name, input, invocation);
    }

    @Override
    public ExecutionDescription submit(
            String workflow, @Nullable String name, JsonNode input, Map<String, String> labels, Invocation invocation) {
        return starts.submit(workflow, name, input, labels, invocation);
    }

    @Override
    public ExecutionDescription resume(String executionArn, Invocation invocation) {
        return resumptions.resume(idOf(executionArn), invocation);
    }

    @Override
    public ExecutionDescription resumeAt(String executionArn, Instant at, Invocation invocation) {
        return resumptions.resumeAt(idOf(executionArn), at, invocation);
    }

    @Override
    public ExecutionDescription stop(
            String executionArn, @Nullable String error, @Nullable String cause, Invocation invocation) {
        return readably(() -> stops.stop(idOf(executionArn), error, cause, invocation));
    }

    @Override
    public ExecutionDescription redrive(String executionArn, Invocation invocation) {
        return redrives.redrive(idOf(executionArn), invocation);
    }

    @Override
    public ExecutionDescription describe(String executionArn) {
        return readably(() -> views.describe(idOf(executionArn)));
    }

    @Override
    public ExecutionProgress progress(String executionArn) {
        return readably(() -> views.progress(idOf(executionArn)));
    }

    @Override
    public HistoryPage history(String executionArn, HistoryQuery query) {
        return readably(() -> views.history(idOf(executionArn), query));
    }

    @Override
    public ExecutionList list(String workflow, int limit, @Nullable String next) {
        return views.list(workflow, limit, next);
    }

    @Override
    public Instant launch(Launch launch, Invocation invocation, Background background) {
        return launches.launch(launch, invocation, background);
    }

    @Override
    public ExecutionDescription runToItsEnd(Launch launch, Invocation invocation) {
        return launches.runToItsEnd(launch, invocation);
    }

    @Override
    public Instant redrive(String executionArn, Invocation invocation, Background background) {
        return redrives.redrive(idOf(executionArn), invocation, background);
    }

    @Override
    public ExecutionView view(String executionArn) {
        return readably(() -> views.view(idOf(executionArn)));
    }

    @Override
    public ExecutionView viewWithoutData(String executionArn) {
        return readably(() -> views.viewWithoutData(idOf(executionArn)));
    }

    @Override
    public ExecutionCost cost(String executionArn) {
        return readably(() -> views.cost(idOf(executionArn)));
    }

    @Override
    public List<MapRunView> mapRuns(String executionArn) {
        return readably(() -> views.mapRuns(idOf(executionArn)));
    }

    @Override
    public Page list(ExecutionFilter filter, int limit, @Nullable String next) {
        return views.list(filter, limit, next);
    }

    private static ExecutionId idOf(String executionArn) {
        try {
            return ExecutionId.ofArn(executionArn);
        } catch (IllegalArgumentException e) {
            throw new RequestException("InvalidArn", String.valueOf(e.getMessage()));
        }
    }
}
