package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Effect;
import dev.reprise.execution.Entry;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TimerKind;
import dev.reprise.journal.store.JournalException;
import dev.reprise.task.Job;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskThreads;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jboss.logging.Logger;

/** Puts requests for tasks, and posts what comes of them. */
final class TaskDispatch {

    private static final Logger LOG = Logger.getLogger(TaskDispatch.class);

    /** So many in a row fail the job's task. */
    private static final int MOST_FAILED_POLLS = 10;

    private final TaskRequests requests;
    private final Mailbox mailbox;
    private final Underway underway;
    private final InstantSource clock;

    TaskDispatch(TaskRequests requests, Mailbox mailbox, Underway underway, InstantSource clock) {
        this.requests = requests;
        this.mailbox = mailbox;
        this.underway = underway;
        this.clock = clock;
    }

    /** Asks for a task. */
    Request ask(Effect.RunTask task) {
        Request request = new Request();
        try {
            request.begun(TaskThreads.watched(
                    underway.watch(task),
                    () -> requests.request(task)
                            .subscribe()
                            .with(
                                    reply -> post(request, entry(task, reply)),
                                    failure -> failed(request, task, failure))));
        } catch (RuntimeException | LinkageError e) {
            failed(request, task, e);
        }
        return request;
    }

    private Entry entry(Effect.RunTask task, TaskRequests.Reply reply) {
        return switch (reply) {
            case TaskRequests.Reply.Done(JsonNode output) ->
                new Entry.TaskSucceeded(task.id(), Time.millisOf(clock), output);
            case TaskRequests.Reply.TakenOn(JsonNode response) ->
                new Entry.TaskSubmitted(task.id(), Time.millisOf(clock), response);
        };
    }

    private void post(Request request, Entry entry) {
        mailbox.post(entry);
        request.done();
    }

    private void failed(Request request, Effect.RunTask task, Throwable failure) {
        if (failure instanceof JournalException problem) {
            mailbox.post(new Mailbox.Mail.Broken(problem));
        } else {
            post(request, new Entry.TaskFailed(task.id(), Time.millisOf(clock), error(failure)));
        }
    }

    private static StatesError error(Throwable failure) {
        return failure instanceof TaskException task
                ? task.error()
                : new StatesError(failure.getClass().getName(), failure.getMessage());
    }

    /** Records that a task is begun; it is asked for once that is durable. */
    void record(Effect.RunTask task) {
        mailbox.post(new Entry.TaskStarted(task.id(), Time.millisOf(clock), null));
    }

    /** Tells that a task was begun whose result nobody will ever know. */
    void interrupted(Effect.RunTask task) {
        Instant begunAt = Objects.requireNonNull(task.phase().beginning()).at();
        StatesError error = new StatesError(
                "Reprise.TaskInterrupted",
                "The task was begun at " + begunAt
                        + ", and the invocation that ran it ended before its result was recorded, so it may have taken"
                        + " effect. Its Semantics, AT_MOST_ONCE_PER_RETRY, forbid to run it again; Retry and Catch may"
                        + " handle this error");
        mailbox.post(new Entry.TaskFailed(task.id(), Time.millisOf(clock), error));
    }

    /** Asks whether a task that others do has run out of time. */
    void check(Effect.RunTask task, TimerKind bound, Instant inboxReadAt) {
        var unused = TaskThreads.watched(
                underway.watch(task),
                () -> requests.timeUp(task, bound, inboxReadAt)
                        .subscribe()
                        .with(timeUp -> mailbox.post(new Mailbox.Mail.Checked(task.id(), bound, timeUp)), failure -> {
                            if (failure instanceof JournalException problem) {
                                mailbox.post(new Mailbox.Mail.Broken(problem));
                            } else {
                                throw new IllegalStateException("Nothing but the table can fail here", failure);
                            }
                        }));
    }

    /**
     * Asks a job how it is.
     *
     * @param failures how often in a row that was asked in vain
     */
    Request poll(Effect.RunTask task, int failures) {
        Request request = new Request();
        try {
            request.begun(TaskThreads.watched(
                    underway.watch(task),
                    () -> requests.poll(task)
                            .subscribe()
                            .with(
                                    progress -> polled(request, task, progress),
                                    failure -> pollFailed(request, task, failure, failures))));
        } catch (RuntimeException | LinkageError e) {
            pollFailed(request, task, e, failures);
        }
        return request;
    }

    private void polled(Request request, Effect.RunTask task, Job.Progress progress) {
        mailbox.post(
                switch (progress) {
                    case Job.Progress.Running running -> new Mailbox.Mail.GoesOn(task.id(), running.again(), false);
                    case Job.Progress.Succeeded succeeded ->
                        new Mailbox.Mail.Happened(
                                new Entry.TaskSucceeded(task.id(), Time.millisOf(clock), succeeded.output()), null);
                    case Job.Progress.Failed failed ->
                        new Mailbox.Mail.Happened(
                                new Entry.TaskFailed(task.id(), Time.millisOf(clock), failed.error()), null);
                });
        request.done();
    }

    private void pollFailed(Request request, Effect.RunTask task, Throwable failure, int before) {
        if (failure instanceof JournalException
                || failure instanceof TaskException
                || before + 1 >= MOST_FAILED_POLLS) {
            failed(request, task, failure);
        } else {
            LOG.debugf(failure, "The job of state '%s' could not be asked how it is; it is asked again", task.state());
            mailbox.post(new Mailbox.Mail.GoesOn(task.id(), null, true));
            request.done();
        }
    }
}
