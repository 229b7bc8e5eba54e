package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TaskPhase;
import dev.reprise.execution.TimerKind;
import dev.reprise.journal.WaitingTasks;
import dev.reprise.journal.WaitingTasks.TimeUp;
import dev.reprise.task.Job;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskContext;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks for the tasks of one execution: of this function, of Lambda functions, of workers that poll. */
public final class ExecutionTasks implements TaskRequests {

    /** So long an activity that was there is taken to be there still. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** An activity that was not deleted then. */
    private record Found(String activity, Instant at) {}

    private final ExecutionIdentity identity;
    private final Instant startedAt;
    private final ExecutionId execution;
    private final TaskTokens tokens;
    private final TaskRunners runners;
    private final StartedExecutions nested;
    private final WaitingTasks waiting;
    private final TaskThreads threads;
    private final Deadline deadline;
    private final InstantSource clock;
    private final Function<EffectId, @Nullable String> traceHeaders;

    /** Whether the head says that there is more than the head. Guarded by this. */
    private boolean announced;

    /** The last one that was looked for. */
    private volatile @Nullable Found found;

    /**
     * Those of one execution in one invocation.
     *
     * @param startedAt when it started
     * @param announced whether the head says already that the execution has more items than its head
     * @param traceHeaders what an execution that a task starts is to know of the trace that it is part of
     */
    public ExecutionTasks(
            ExecutionIdentity identity,
            Instant startedAt,
            TaskTokens tokens,
            TaskRunners runners,
            StartedExecutions nested,
            WaitingTasks waiting,
            TaskThreads threads,
            Deadline deadline,
            InstantSource clock,
            boolean announced,
            Function<EffectId, @Nullable String> traceHeaders) {
        this.identity = identity;
        this.startedAt = startedAt;
        this.execution = new ExecutionId(identity.stateMachineName(), identity.executionName());
        this.tokens = tokens;
        this.runners = runners;
        this.nested = nested;
        this.waiting = waiting;
        this.threads = threads;
        this.deadline = deadline;
        this.clock = clock;
        this.announced = announced;
        this.traceHeaders = traceHeaders;
    }

    @Override
    public Uni<? extends Reply> request(Effect.RunTask task) {
        Resource.StartExecution start = startOf(task);
        if (start != null) {
            return threads.run(() -> startNested(task, start));
        }
        Job job = runners.job(task.resource());
        if (job != null) {
            return job.submit(call(task, null)).flatMap(response -> threads.run(() -> submitted(task, response)));
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
        StartedExecutions.Planned planned =
                nested.plan(identity, startedAt, task, start, traceHeaders.apply(task.id()));
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
        return runners.find(task.resource()).run(call(task, token));
    }

    private TaskCall call(Effect.RunTask task, @Nullable String token) {
        TaskContext context = new TaskContext(
                identity.executionArn(),
                task.id().scope().toString(),
                task.state(),
                task.attempt(),
                idempotencyKey(task),
                deadline.at(),
                token);
        return new TaskCall(task.resource().uri(), task.input(), context, task.credentials());
    }

    private String idempotencyKey(Effect.RunTask task) {
        return identity.executionArn() + task.id();
    }

    // ---- jobs

    /** From now on the table knows the job, so that it can be cancelled even if nobody here lives to do it. */
    private Reply submitted(Effect.RunTask task, JsonNode response) {
        String text = response.toString();
        if (text.length() > Job.LONGEST_RESPONSE) {
            throw new TaskException(
                    new StatesError(
                            "States.Runtime",
                            "The job of '" + task.resource().uri() + "' is known by " + text.length()
                                    + " characters of JSON, which may be " + Job.LONGEST_RESPONSE + " at most"),
                    null);
        }
        if (tokens.areThere()) {
            announce();
            waiting.open(execution, task.id(), JobReference.write(submission(task, response)));
        }
        return new Reply.TakenOn(response);
    }

    private Job.Submission submission(Effect.RunTask task, JsonNode response) {
        return new Job.Submission(task.resource().uri(), response, idempotencyKey(task), task.credentials());
    }

    @Override
    public boolean isJob(Effect.RunTask task) {
        return startOf(task) == null && runners.job(task.resource()) != null;
    }

    @Override
    public Uni<Job.Progress> poll(Effect.RunTask task) {
        Job job = Objects.requireNonNull(runners.job(task.resource()));
        TaskPhase.Submitted submitted = Objects.requireNonNull(task.phase().submission());
        return job.poll(submission(task, Objects.requireNonNull(submitted.response())));
    }

    /** Makes a token worth something, before anybody gets it. */
    private String open(Effect.RunTask task) {
        announce();
        waiting.open(execution, task.id());
        return tokens.of(task.id());
    }

    private void queue(Effect.RunTask task) {
        if (isDeleted(activity(task))) {
            throw new TaskException(
                    new StatesError(
                            "States.Runtime", "The activity " + task.resource().uri() + " does not exist."),
                    null);
        }
        announce();
        waiting.queue(execution, task, activity(task));
    }

    /** A Map may queue thousands of tasks for one activity: it is looked for once a second. */
    private boolean isDeleted(String activity) {
        Instant now = clock.instant();
        Found before = found;
        if (before != null
                && before.activity().equals(activity)
                && now.isBefore(before.at().plus(FRESH))) {
            return false;
        }
        boolean deleted = waiting.isDeleted(activity);
        if (!deleted) {
            found = new Found(activity, now);
        }
        return deleted;
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
    public Uni<?> forget(List<Ended> ended) {
        List<EffectId> opened = new ArrayList<>();
        List<Uni<Void>> ends = new ArrayList<>();
        for (Ended each : ended) {
            Effect.RunTask task = each.task();
            switch (task.pattern()) {
                case ACTIVITY ->
                    ends.add(threads.run(() -> {
                                waiting.unqueue(execution, task, activity(task));
                                return task;
                            })
                            .replaceWithVoid());
                case RUN_A_JOB -> {
                    if (startOf(task) == null && !isJob(task)) {
                        // Of a job that a method here did, nothing is in the table.
                        continue;
                    }
                    if (!each.answered()) {
                        ends.add(giveUp(task));
                    }
                }
                case REQUEST_RESPONSE, WAIT_FOR_TASK_TOKEN -> {}
            }
            opened.add(task.id());
        }
        return nested.someAtOnce(ends)
                .flatMap(done -> threads.run(() -> {
                    waiting.forget(execution, opened);
                    return opened;
                }));
    }

    /** Has stopped what does the task: an execution, or a job. */
    private Uni<Void> giveUp(Effect.RunTask task) {
        TaskPhase.Submitted submitted = task.phase().submission();
        if (isJob(task) && submitted != null && submitted.response() != null) {
            return nested.cancel(submission(task, submitted.response()));
        }
        return threads.<@Nullable String>run(() -> waiting.child(execution, task.id()))
                .flatMap(doer -> doer == null
                        ? Uni.createFrom().voidItem()
                        : nested.stopDoer(identity.executionArn(), startedAt, task.id(), doer));
    }
}
