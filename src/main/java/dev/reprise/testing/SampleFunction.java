package dev.reprise.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.Journals;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.operations.ExecutionServices;
import dev.reprise.operations.Executions;
import dev.reprise.operations.Invocation;
import dev.reprise.operations.JournaledExecutions;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.runtime.Time;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import dev.reprise.workflow.Workflows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.Supplier;

/**
 * A function for one execution and those that it starts: its table is in memory, and its clock stands still, but for
 * waits. Each suspends the execution, and the next invocation comes at the very moment that it ends.
 */
final class SampleFunction {

    /** Every wait suspends. */
    private static final RunnerSettings SETTINGS = new RunnerSettings(
            256, Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(1), 10);

    private static final String FUNCTION = "arn:aws:lambda:us-east-1:111111111111:function:reprise";

    /** More than a sample needs: one that comes so far does not end. */
    private static final int MOST_RESUMES = 2_000;

    private record WakeUp(Instant at, String executionArn) {}

    private final PriorityBlockingQueue<WakeUp> wakeUps =
            new PriorityBlockingQueue<>(16, Comparator.comparing(WakeUp::at));
    private final Executions executions;
    private volatile Instant now;
    private int invocations;

    SampleFunction(
            Instant start,
            Workflows workflows,
            TaskRunners tasks,
            MapData mapData,
            InterpreterLimits limits,
            Supplier<Map<String, String>> stateMachines) {
        MutinyReady.ensure();
        this.now = start;
        InstantSource clock = () -> now;
        this.executions = JournaledExecutions.showingAll(new ExecutionServices(
                workflows,
                new Journals(new InMemoryStore(), clock, new Random(1)),
                tasks,
                mapData,
                new TaskThreads(Runnable::run),
                (arn, at) -> wakeUps.add(new WakeUp(at, arn)),
                limits,
                SETTINGS,
                stateMachines,
                List.of(),
                Time.of(clock)));
    }

    /**
     * Runs an execution to its end.
     *
     * @throws IllegalStateException when it waits for somebody else, without a bound, or goes on for ever
     */
    ExecutionDescription run(String workflow, JsonNode input) {
        ExecutionDescription execution = executions.start(workflow, "sample", input, invocation());
        String arn = execution.executionArn();
        for (int resumes = 0; execution.status() == ExecutionStatus.RUNNING; resumes++) {
            if (resumes == MOST_RESUMES) {
                throw new IllegalStateException(arn + " does not end: it has been resumed " + MOST_RESUMES
                        + " times, and it is " + now + " on its clock");
            }
            WakeUp next = wakeUps.poll();
            if (next == null) {
                throw new IllegalStateException(
                        arn + " waits for an answer from outside, and nothing says for how long: " + execution);
            }
            if (next.at().isAfter(now)) {
                now = next.at();
            }
            executions.resume(next.executionArn(), invocation());
            execution = executions.describe(arn);
        }
        return execution;
    }

    private Invocation invocation() {
        return new Invocation("request-" + ++invocations, FUNCTION, null);
    }
}
