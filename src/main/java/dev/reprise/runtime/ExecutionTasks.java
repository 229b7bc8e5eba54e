package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Effect;
import dev.reprise.core.TaskPattern;
import dev.reprise.core.TimerKind;
import dev.reprise.journal.ExecutionId;
import dev.reprise.journal.WaitingTasks;
import dev.reprise.journal.WaitingTasks.TimeUp;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskContext;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskThreads;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Asks for the tasks of one execution: of this function, of Lambda functions, of workers that poll. */
final class ExecutionTasks implements TaskRequests {

    private final String executionArn;
    private final ExecutionId execution;
    private final TaskTokens tokens;
    private final TaskRunners runners;
    private final WaitingTasks waiting;
    private final TaskThreads threads;
    private final Deadline deadline;
    private final InstantSource clock;

    /** Whether the head says that there is more than the head. Guarded by this. */
    private boolean announced;

    /** @param announced whether the head says already that the execution has more items than its head */
    ExecutionTasks(
            String executionArn,
            TaskTokens tokens,
            TaskRunners runners,
            WaitingTasks waiting,
            TaskThreads threads,
            Deadline deadline,
            InstantSource clock,
            boolean announced) {
        this.executionArn = executionArn;
        this.execution = ExecutionId.ofArn(executionArn);
        this.tokens = tokens;
        this.runners = runners;
        this.waiting = waiting;
        this.threads = threads;
        this.deadline = deadline;
        this.clock = clock;
        this.announced = announced;
    }

    @Override
    public Uni<? extends Reply> request(Effect.RunTask task) {
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

    private Uni<JsonNode> run(Effect.RunTask task, @Nullable String token) {
        TaskContext context = new TaskContext(
                executionArn,
                task.id().scope().toString(),
                task.state(),
                task.attempt(),
                executionArn + task.id(),
                deadline.at(),
                token);
        return runners.find(task.resource())
                .run(new TaskCall(task.resource(), task.input(), context, task.credentials()));
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

    /** The name at the end of the activity's ARN. */
    private static String activity(Effect.RunTask task) {
        return task.resource().substring(task.resource().lastIndexOf(':') + 1);
    }

    @Override
    public Uni<TimeUp> timeUp(Effect.RunTask task, TimerKind bound) {
        return threads.run(() -> waiting.timeUp(execution, task, bound, clock.instant()));
    }

    @Override
    public void forget(Collection<Effect.RunTask> ended) {
        for (Effect.RunTask task : ended) {
            if (task.pattern() == TaskPattern.ACTIVITY) {
                waiting.unqueue(execution, task, activity(task));
            }
        }
        waiting.forget(execution, ended.stream().map(Effect.RunTask::id).toList());
    }
}
