package dev.reprise.runtime;

import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.TimerKind;
import dev.reprise.task.TaskThreads;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the outside is doing for one execution: tasks, data sets, timers. Only the thread that owns the execution
 * touches it; results come back through the mailbox.
 */
final class OpenEffects {

    private final DataSetRequests dataSets;
    private final Mailbox mailbox;
    private final Allotment allotment;
    private final Underway underway;

    private final Timers<TimerKind> timers = new Timers<>();
    private final JobPolls polls;
    private final OpenTasks tasks;
    private final TimeUpChecks checks;
    private final EndedTasks ended;
    private final Map<EffectId, Cancellable> openDataSets = new HashMap<>();

    OpenEffects(
            TaskRequests requests,
            MapData mapData,
            ReadItems items,
            RateGates gates,
            Mailbox mailbox,
            Allotment allotment,
            Underway underway) {
        TaskDispatch dispatch = new TaskDispatch(requests, mailbox, underway, allotment.clock());
        this.dataSets = new DataSetRequests(mapData, items, mailbox, allotment.clock());
        this.mailbox = mailbox;
        this.allotment = allotment;
        this.underway = underway;
        this.polls = new JobPolls(dispatch, requests, allotment);
        this.tasks = new OpenTasks(dispatch, polls, mailbox, timers, gates, allotment);
        this.checks = new TimeUpChecks(dispatch, allotment);
        this.ended = new EndedTasks(requests, mailbox, underway);
    }

    void begin(Effect effect) {
        switch (effect) {
            case Effect.RunTask task -> tasks.begin(task);
            case Effect.ReadItems read -> begin(read.id(), read.state(), () -> dataSets.read(read));
            case Effect.WriteResults write -> begin(write.id(), write.state(), () -> dataSets.write(write));
            case Effect.StartTimer timer -> timers.set(timer.id(), timer.kind(), timer.due());
            case Effect.Abandon abandon -> close(abandon.id(), false);
            case Effect.End end -> {}
        }
    }

    private void begin(EffectId id, String state, Supplier<Cancellable> dataSet) {
        openDataSets.put(id, TaskThreads.watched(underway.watch(id, state), dataSet));
    }

    /** Does what queues, as much as may be under way at once; of tasks at most so many. */
    void startQueued(int most) {
        checks.start(tasks);
        polls.start(tasks);
        tasks.startQueued(most);
    }

    /** The tasks among them. */
    OpenTasks tasks() {
        return tasks;
    }

    // ---- time

    /**
     * When the next timer is due, the next poll of a job, or a task that waits for its time; null when there is none.
     */
    @Nullable
    Instant nextDue() {
        return earlier(timers.nextDue(), earlier(polls.nextDue(), tasks.nextDue()));
    }

    /** When the first of them is that this invocation can begin; null when there is none. */
    @Nullable
    Instant nextDueHere() {
        return earlier(timers.nextDue(), earlier(polls.nextDue(), tasks.nextDueHere()));
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        return a == null || (b != null && b.isBefore(a)) ? b : a;
    }

    /** Posts what is due by {@code now}. Whether a task that others do has run out of time is to be asked first. */
    void fireDue(Instant now) {
        for (Timers.Timer<TimerKind> timer = timers.pollDue(now); timer != null; timer = timers.pollDue(now)) {
            OpenTask task = timer.kind().endsTask() ? tasks.task(timer.effect()) : null;
            if (task != null && task.isAnsweredFromOutside()) {
                checks.add(timer.effect(), timer.kind());
            } else {
                mailbox.post(new Entry.TimerFired(timer.effect(), now, timer.kind()));
            }
        }
    }

    /** What others had left by then is in the mailbox. */
    void inboxReadAt(Instant time) {
        checks.inboxReadAt(time);
    }

    /** The question whether a task has run out of time was answered. */
    void checked() {
        checks.answered();
    }

    /** Has the question asked again. */
    void checkAgain(EffectId id, TimerKind bound, Instant at) {
        if (tasks.task(id) != null) {
            timers.set(id, bound, at);
        }
    }

    /** A job that was polled is not done. */
    void goesOn(Mailbox.Mail.GoesOn job) {
        OpenTask task = tasks.task(job.task());
        if (task != null) {
            polls.goesOn(task, job);
        }
    }

    // ---- end

    /**
     * Nobody waits for it any more.
     *
     * @param answered whether it is over by itself; else it is given up
     */
    void close(EffectId id, boolean answered) {
        timers.clear(id);
        Cancellable dataSet = openDataSets.isEmpty() ? null : openDataSets.remove(id);
        if (dataSet != null) {
            dataSet.cancel();
        }
        OpenTask task = tasks.close(id);
        if (task != null && task.isAnsweredFromOutside()) {
            checks.remove(id);
            polls.close(id);
            ended.add(task.effect(), answered);
        }
    }

    /** Tasks that others did and that nobody waits for any more. */
    EndedTasks ended() {
        return ended;
    }

    /** Cancels everything: nothing of an execution runs on once its invocation has returned. */
    void cancelAll() {
        allotment.stopAdmitting();
        openDataSets.values().forEach(Cancellable::cancel);
        openDataSets.clear();
        timers.clear();
        tasks.cancelAll();
        checks.clear();
        polls.cancelAll();
    }

    /** How many tasks run, and how many questions about tasks are not answered yet. */
    int inFlight() {
        return tasks.inFlight() + openDataSets.size() + checks.inFlight() + polls.inFlight();
    }

    /** Whether anything runs or queues that is no timer. */
    boolean hasTasks() {
        return inFlight() > 0 || tasks.anyQueued() || checks.anyQueued() || polls.anyQueued();
    }
}
