package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.core.Effect;
import dev.reprise.core.EffectId;
import dev.reprise.core.ExecutionIdentity;
import dev.reprise.core.StatesError;
import dev.reprise.core.TaskPattern;
import dev.reprise.core.TimerKind;
import dev.reprise.journal.ExecutionId;
import dev.reprise.journal.WaitingTasks;
import dev.reprise.journal.WaitingTasks.TimeUp;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskContext;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for the tasks of one execution: of this function, of Lambda functions, of workers that poll. */
final class ExecutionTasks implements TaskRequests {

    private final ExecutionIdentity identity;
    private final ExecutionId execution;
    private final TaskTokens tokens;
    private final TaskRunners runners;
    private final StartedExecutions nested;
    private final WaitingTasks waiting;
    private final TaskThreads threads;
    private final Deadline deadline;
    private final InstantSource clock;

    /** Whether the head says that there is more than the head. Guarded by this. */
    private boolean announced;

    /** @param announced whether the head says already that the execution has more items than its head */
    ExecutionTasks(
            ExecutionIdentity identity,
            TaskTokens tokens,
            TaskRunners runners,
            StartedExecutions nested,
            WaitingTasks waiting,
            TaskThreads threads,
            Deadline deadline,
            InstantSource clock,
            boolean announced) {
        this.identity = identity;
        this.execution = new ExecutionId(identity.stateMachineName(), identity.executionName());
        this.tokens = tokens;
        this.runners = runners;
        this.nested = nested;
        this.waiting = waiting;
        this.threads = threads;
        this.deadline = deadline;
        this.clock = clock;
        this.announced = announced;
    }

    @Override
    public Uni<? extends Reply> request(Effect.RunTask task) {
        Resource.StartExecution start = startOf(task);
        if (start != null) {
            return threads.run(() -> startNested(task, start));
        }
        return switch (task.pattern()) {
            // What is asked to do a job here does it: it answers when the job is done.
            case REQUEST_RESPONSE, RUN_A_JOB -> run(task, null).map(Reply.Done::new);
            case WAIT_FOR_TASK_TOKEN ->
                threads.run(() -> open(task)).flatMap(token -> run(task, token)).map(Reply.TakenOn::new);
            case ACTIVITY ->
                threads.run(() -> {
                    queue(task);
                    return new Reply.TakenOn(null);
                });
        };
    }

    /** Null when the task starts no execution; configuration may have a method stand for one that does. */
    private Resource.@Nullable StartExecution startOf(Effect.RunTask task) {
        return task.resource() instanceof Resource.StartExecution start && !runners.runs(start) ? start : null;
    }

    private Reply startNested(Effect.RunTask task, Resource.StartExecution start) {
        StartedExecutions.Planned planned = nested.plan(identity, task, start);
        switch (start.pattern()) {
            case REQUEST_RESPONSE -> {
                return new Reply.Done(planned.start());
            }
            case WAIT_FOR_TASK_TOKEN -> open(task);
            case SYNC, SYNC_2 -> {
                requireDurable();
                announce();
                waiting.open(execution, task.id(), planned.executionArn());
            }
        }
        return new Reply.TakenOn(planned.start());
    }

    private void requireDurable() {
        if (!tokens.areThere()) {
            throw new TaskException(
                    new StatesError(
                            "States.Runtime",
                            "An execution with \"Durability\": \"NONE\" cannot wait for another one: it is not there"
                                    + " to be told of its end"),
                    null);
        }
    }

    private Uni<JsonNode> run(Effect.RunTask task, @Nullable String token) {
        TaskContext context = new TaskContext(
                identity.executionArn(),
                task.id().scope().toString(),
                task.state(),
                task.attempt(),
                identity.executionArn() + task.id(),
                deadline.at(),
                token);
        return runners.find(task.resource())
                .run(new TaskCall(task.resource().uri(), task.input(), context, task.credentials()));
    }

    /** Makes a token worth something, before anybody gets it. */
    private String open(Effect.RunTask task) {
        announce();
        waiting.open(execution, task.id());
        return tokens.of(task.id());
    }

    private void queue(Effect.RunTask task) {
        announce();
        waiting.queue(execution, task, activity(task));
    }

    private synchronized void announce() {
        if (!announced) {
            waiting.announce(execution);
            announced = true;
        }
    }

    private static String activity(Effect.RunTask task) {
        return ((Resource.Activity) task.resource()).name();
    }

    @Override
    public Uni<TimeUp> timeUp(Effect.RunTask task, TimerKind bound, Instant inboxReadAt) {
        return threads.run(() -> waiting.timeUp(execution, task, bound, clock.instant(), inboxReadAt));
    }

    @Override
    public void forget(Collection<Effect.RunTask> ended) {
        List<EffectId> opened = new ArrayList<>();
        for (Effect.RunTask task : ended) {
            // Of a job that a method here did, nothing is in the table.
            if (task.pattern() == TaskPattern.RUN_A_JOB && startOf(task) == null) {
                continue;
            }
            switch (task.pattern()) {
                case ACTIVITY -> waiting.unqueue(execution, task, activity(task));
                case RUN_A_JOB -> stopNested(task);
                case REQUEST_RESPONSE, WAIT_FOR_TASK_TOKEN -> {}
            }
            opened.add(task.id());
        }
        waiting.forget(execution, opened);
    }

    /** Nobody waits for it any more, unless it was its end that was waited for. */
    private void stopNested(Effect.RunTask task) {
        String child = waiting.child(execution, task.id());
        if (child != null) {
            nested.stop(identity.executionArn(), task.id(), child);
        }
    }
}
