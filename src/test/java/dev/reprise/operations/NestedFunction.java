package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.DefinitionText;
import dev.reprise.asl.Resource;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Program;
import dev.reprise.dataset.NoObjects;
import dev.reprise.execution.RequestException;
import dev.reprise.history.HistoryQuery;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.RunListener;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.runtime.TestPrograms;
import dev.reprise.runtime.Time;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskRunner;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskSource;
import dev.reprise.task.TaskThreads;
import dev.reprise.testing.InMemoryStore;
import dev.reprise.workflow.Workflow;
import dev.reprise.workflow.Workflows;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.locks.Condition;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A function with several workflows and a store in memory, in a time of its own. It is invoked when a wake-up is due,
 * and only then.
 */
final class NestedFunction {

    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static final RunnerSettings SETTINGS = new RunnerSettings(
            256, Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(1), 10);

    private static final SweepSettings SWEEPS =
            new SweepSettings(Duration.ofMinutes(1), Duration.ofMinutes(6), 100, 1_000);

    private record WakeUp(String executionArn, Instant at) {}

    final InMemoryStore store = new InMemoryStore();
    final List<TaskCall> calls = new ArrayList<>();

    /** The executions that were resumed, by name, in that order. */
    final List<String> resumed = new ArrayList<>();

    private final Map<String, Workflow> workflows = new HashMap<>();
    private final Map<String, String> stateMachines = new HashMap<>();
    private final PriorityQueue<WakeUp> wakeUps = new PriorityQueue<>(Comparator.comparing(WakeUp::at));
    private Function<TaskCall, JsonNode> task = TaskCall::input;
    private Instant now = NOON;
    private int invocations;
    private List<RunListener> listeners = List.of();
    private Instance process = new Instance(store);

    /** What lives as long as a process. */
    private final class Instance {
        final Journals journals;
        final JournaledExecutions executions;

        Instance(ExecutionStore store) {
            journals = new Journals(store, time(), new Random(++invocations));
            executions = new JournaledExecutions(new ExecutionServices(
                    new SomeWorkflows(),
                    journals,
                    new TaskRunners(new AnyTask()),
                    new MapData(new NoObjects(), new TaskThreads(Runnable::run)),
                    new TaskThreads(Runnable::run),
                    (executionArn, at) -> wakeUps.add(new WakeUp(executionArn, at)),
                    InterpreterLimits.DEFAULT,
                    SETTINGS,
                    () -> stateMachines,
                    listeners,
                    time()));
        }
    }

    NestedFunction with(String workflow, String definition) {
        String text = TestEngine.json(definition).toString();
        workflows.put(workflow, new Workflow(workflow, DefinitionText.of(text), TestPrograms.compile(text)));
        return this;
    }

    NestedFunction withStateMachine(String arn, String workflow) {
        stateMachines.put(arn, workflow);
        process = new Instance(store);
        return this;
    }

    /** From now on its executions are listened to. */
    NestedFunction listenedToBy(RunListener listener) {
        listeners = List.of(listener);
        process = new Instance(store);
        return this;
    }

    /** What its tasks give: their input, if nothing else is said. */
    NestedFunction doing(Function<TaskCall, JsonNode> work) {
        task = work;
        return this;
    }

    /** From now on requests go to this store; it was a new process that begins with it. */
    void restart(ExecutionStore other) {
        process = new Instance(other);
    }

    ExecutionDescription start(String workflow, String input) {
        return process.executions.start(workflow, "run", TestEngine.json(input), invocation());
    }

    /** Starts an execution and lets the function be invoked until no wake-up is left. */
    ExecutionDescription run(String workflow, String input) {
        ExecutionDescription begun = start(workflow, input);
        invokeUntilIdle();
        return describe(begun.executionArn());
    }

    void invokeUntilIdle() {
        invokeUntil(Instant.MAX);
    }

    /** Carries out the wake-ups that are due by then. */
    void invokeUntil(Instant then) {
        while (!wakeUps.isEmpty() && !wakeUps.peek().at().isAfter(then)) {
            WakeUp next = wakeUps.remove();
            now = next.at().isAfter(now) ? next.at() : now;
            resumed.add(next.executionArn().substring(next.executionArn().lastIndexOf(":execution:") + 11));
            process.executions.resume(next.executionArn(), invocation());
        }
        now = then.equals(Instant.MAX) || then.isBefore(now) ? now : then;
    }

    /** Nobody wakes anybody any more, but the sweeper, once leases are over. */
    void recover() {
        wakeUps.clear();
        restart(store);
        for (int sweep = 0; sweep < 6; sweep++) {
            sweepAfter(Duration.ofMinutes(20));
        }
    }

    /** One sweep, and what it wakes up. */
    SweepReport sweepAfter(Duration pause) {
        now = now.plus(pause);
        SweepReport report = new Sweeper(
                        process.journals,
                        (executionArn, at) -> wakeUps.add(new WakeUp(executionArn, at)),
                        SWEEPS,
                        time())
                .sweep(invocation());
        invokeUntil(now);
        return report;
    }

    /** And lets the function be invoked until no wake-up is left. */
    ExecutionDescription redrive(String executionArn) {
        process.executions.redrive(executionArn, invocation());
        invokeUntilIdle();
        return describe(executionArn);
    }

    /** The same at once in another process, which nobody waits for. */
    void redriveElsewhere(String executionArn) {
        new Instance(store).executions.redrive(executionArn, invocation());
    }

    void stop(String executionArn) {
        process.executions.stop(executionArn, "Enough", null, invocation());
    }

    ExecutionDescription describe(String executionArn) {
        return process.executions.describe(executionArn);
    }

    /** A workflow's executions. */
    List<ExecutionDescription> executionsOf(String workflow) {
        return process.executions.list(workflow, 100, null).executions().stream()
                .map(execution -> describe(execution.executionArn()))
                .toList();
    }

    List<String> eventTypes(String executionArn) {
        return process.executions.history(executionArn, HistoryQuery.firstPage(100)).events().stream()
                .map(event -> event.type().name())
                .toList();
    }

    TaskCallbacks callbacks() {
        return new TaskCallbacks(
                process.journals, (executionArn, at) -> wakeUps.add(new WakeUp(executionArn, at)), time());
    }

    private Invocation invocation() {
        return new Invocation("request-" + ++invocations, "", null);
    }

    private Time time() {
        return new Time() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public long await(Condition news, long nanos) {
                now = now.plusNanos(nanos);
                return 0;
            }
        };
    }

    private final class AnyTask implements TaskSource {

        @Override
        public @Nullable TaskRunner find(Resource resource) {
            return resource instanceof Resource.InProcess
                    ? call -> Uni.createFrom().item(() -> {
                        calls.add(call);
                        return task.apply(call);
                    })
                    : null;
        }

        @Override
        public List<String> known() {
            return List.of("any task");
        }
    }

    private final class SomeWorkflows implements Workflows {

        @Override
        public Workflow named(String name) {
            Workflow workflow = workflows.get(name);
            if (workflow == null) {
                throw new RequestException("StateMachineDoesNotExist", "There is no workflow '" + name + "'");
            }
            return workflow;
        }

        @Override
        public Program compiled(String sha256, Supplier<String> text) {
            return TestPrograms.compile(text.get());
        }
    }
}
