package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.store.Head;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.runtime.Time;
import dev.reprise.task.TaskCall;
import dev.reprise.testing.InMemoryStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function with one workflow and a store in memory, in a time that passes only where something takes some: a task, or
 * a wait, each of which suspends the execution.
 */
final class VirtualFunction {

    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    private static final RunnerSettings SETTINGS = new RunnerSettings(
            256, Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(1), 10);

    /** More invocations than any execution of a test takes. */
    private static final int MOST_INVOCATIONS = 1_000;

    private static final ExecutionId ID = new ExecutionId("test", "run");

    /** How long each invocation of the past ran. */
    final List<Duration> invocations = new ArrayList<>();

    private final TestEngine engine;
    private final @Nullable Duration longestInvocation;
    private Instant now = START;

    /**
     * A function that is invoked as often as its execution needs.
     *
     * @param task gives a task's result; it runs on the caller's thread
     * @param taskTime how long each task takes
     * @param longestInvocation when an invocation's time is up; null when it never is
     */
    VirtualFunction(
            String definition,
            Function<TaskCall, JsonNode> task,
            Duration taskTime,
            @Nullable Duration longestInvocation) {
        this.longestInvocation = longestInvocation;
        this.engine = new TestEngine(
                new InMemoryStore(),
                definition,
                call -> Uni.createFrom().item(() -> {
                    now = now.plus(taskTime);
                    return task.apply(call);
                }),
                SETTINGS,
                new VirtualTime());
    }

    /** Tasks take no time, and an invocation may last for ever. */
    VirtualFunction(String definition, Function<TaskCall, JsonNode> task) {
        this(definition, task, Duration.ZERO, null);
    }

    /** Runs an execution to its end. */
    ExecutionDescription run(String input) {
        ExecutionDescription execution = invoked(
                invocation -> engine.executions.start(ID.workflow(), ID.name(), TestEngine.json(input), invocation));
        while (execution.status() == ExecutionStatus.RUNNING) {
            Instant wakeAt = execution.wakeAt();
            if (wakeAt == null || invocations.size() > MOST_INVOCATIONS) {
                throw new IllegalStateException("It does not end: " + execution);
            }
            now = wakeAt.isAfter(now) ? wakeAt : now;
            String arn = execution.executionArn();
            execution = invoked(invocation -> engine.executions.resume(arn, invocation));
        }
        return execution;
    }

    private ExecutionDescription invoked(Function<Invocation, ExecutionDescription> work) {
        Instant begun = now;
        ExecutionDescription execution = work.apply(new Invocation(
                "request-" + invocations.size(), "", longestInvocation == null ? null : begun.plus(longestInvocation)));
        invocations.add(Duration.between(begun, now));
        return execution;
    }

    /** Every call of a task. */
    List<TaskCall> calls() {
        return engine.calls;
    }

    /** What is stored of the execution. */
    Head head() {
        return Objects.requireNonNull(engine.journals.head(ID));
    }

    /** How much virtual time has passed. */
    Duration elapsed() {
        return Duration.between(START, now);
    }

    private final class VirtualTime implements Time {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public long await(Condition news, long nanos) {
            now = now.plusNanos(nanos);
            return 0;
        }
    }
}
