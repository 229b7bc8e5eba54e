package dev.reprise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.history.EventWriter;
import dev.reprise.history.HistoryPage;
import dev.reprise.history.HistoryQuery;
import dev.reprise.history.PageToken;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.operations.Executions;
import dev.reprise.operations.Invocation;
import dev.reprise.operations.JournaledExecutions;
import dev.reprise.operations.TaskCallbacks;
import dev.reprise.operations.TestServices;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskSource;
import dev.reprise.workflow.Workflows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The function with a store of its own and a clock that stands still, but for waits: each suspends the execution, and
 * the next invocation comes at the very moment that it ends.
 */
final class SimulatedFunction {

    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    /** Every wait suspends. */
    private static final RunnerSettings SETTINGS = new RunnerSettings(
            256, Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(1), 10);

    private static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:reprise";

    private final Journals journals;
    private final Executions executions;
    private final TaskCallbacks callbacks;
    private final Queue<String> woken = new ConcurrentLinkedQueue<>();
    private final List<String> tasksRun = new CopyOnWriteArrayList<>();
    private volatile Instant now = NOON;
    private int invocations;

    /**
     * @param tasks perform what the workflows ask for; the function notes which
     * @param mapData reads and writes their data sets
     */
    SimulatedFunction(ExecutionStore store, Workflows workflows, TaskRunners tasks, MapData mapData) {
        InstantSource clock = () -> now;
        // Two functions give their first execution the same secret, so that its task tokens can be compared.
        journals = new Journals(store, clock, new Random(1));
        callbacks = new TaskCallbacks(journals, this::wake, clock);
        executions = new JournaledExecutions(TestServices.of(
                workflows,
                journals,
                new TaskRunners(noting(tasks)),
                mapData,
                this::wake,
                InterpreterLimits.DEFAULT,
                SETTINGS,
                clock));
    }

    private void wake(String executionArn, Instant at) {
        if (!at.isAfter(now)) {
            woken.add(executionArn);
        }
    }

    private TaskSource noting(TaskRunners tasks) {
        return new TaskSource() {
            @Override
            public @Nullable TaskRunner find(Resource resource) {
                if (!tasks.runs(resource)) {
                    return null;
                }
                TaskRunner runner = tasks.find(resource);
                return call -> runner.run(call)
                        .onSubscription()
                        .invoke(() -> tasksRun.add(call.context().idempotencyKey()));
            }

            @Override
            public List<String> known() {
                return List.of();
            }
        };
    }

    /** Runs an execution to its end. */
    ExecutionDescription run(String workflow, String name, JsonNode input) {
        return carryOn(start(workflow, name, input));
    }

    /** Starts an execution and carries it to its first wait. */
    ExecutionDescription start(String workflow, String name, JsonNode input) {
        return executions.start(workflow, name, input, invocation());
    }

    /** Resumes an execution, and runs it to its end. */
    ExecutionDescription resume(String executionArn) {
        return carryOn(executions.resume(executionArn, invocation()));
    }

    private ExecutionDescription carryOn(ExecutionDescription before) {
        ExecutionDescription execution = before;
        while (execution.status() == ExecutionStatus.RUNNING) {
            Instant wakeAt = execution.wakeAt();
            if (wakeAt == null && !woken.isEmpty()) {
                execution = runOthers(execution);
                continue;
            }
            if (wakeAt == null || wakeAt.isBefore(now)) {
                throw new IllegalStateException("It is " + now + ", and nobody wakes " + execution);
            }
            now = wakeAt;
            execution = executions.resume(execution.executionArn(), invocation());
        }
        return execution;
    }

    /** Runs those that it waits for. Their ends wake it up. */
    private ExecutionDescription runOthers(ExecutionDescription waiting) {
        for (String arn = woken.poll(); arn != null; arn = woken.poll()) {
            executions.resume(arn, invocation());
        }
        return executions.describe(waiting.executionArn());
    }

    /** What an execution has done, as far as one page tells; and whoever reads it backwards reads the same. */
    List<JsonNode> history(String executionArn) {
        List<HistoryEvent> events = executions
                .history(executionArn, HistoryQuery.firstPage(HistoryQuery.LARGEST_MAX_RESULTS))
                .events();
        assertThat(backwards(executionArn).reversed().subList(0, events.size())).isEqualTo(events);
        return events.stream().<JsonNode>map(EventWriter::write).toList();
    }

    private List<HistoryEvent> backwards(String executionArn) {
        List<HistoryEvent> events = new ArrayList<>();
        PageToken next = null;
        do {
            HistoryPage page = executions.history(executionArn, new HistoryQuery(100, true, true, next));
            events.addAll(page.events());
            next = page.next();
        } while (next != null);
        return events;
    }

    private Invocation invocation() {
        return new Invocation("request-" + ++invocations, FUNCTION, null);
    }

    /** What others may do to its tasks. */
    TaskCallbacks callbacks() {
        return callbacks;
    }

    void setTime(Instant time) {
        now = time;
    }

    Journals journals() {
        return journals;
    }

    /** The idempotency keys of all tasks that were begun, in that order. */
    List<String> tasksRun() {
        return List.copyOf(tasksRun);
    }
}
