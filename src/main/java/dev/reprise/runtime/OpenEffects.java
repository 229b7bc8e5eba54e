package dev.reprise.runtime;

import dev.reprise.core.Effect;
import dev.reprise.core.EffectId;
import dev.reprise.core.Entry;
import dev.reprise.core.TaskPattern;
import dev.reprise.core.TimerKind;
import dev.reprise.task.MapData;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the outside is doing for one execution: tasks that run, tasks that queue because enough run already, tasks that others do, data sets, timers. Only the thread that owns the execution touches it; results
 * come back through the mailbox.
 */
final class OpenEffects {

    /** One open effect; its fields are null where it has no such part. */
    private static final class Open {
        @Nullable
        OpenTask task;

        @Nullable
        Cancellable dataSet;

        final List<Timers.Timer> timers = new ArrayList<>(0);
    }

    /** The question whether a bound of a task has run out that others do. */
    private record Check(EffectId id, TimerKind bound) {}

    private final TaskRequests requests;
    private final Asking asking;
    private final DataSetRequests dataSets;
    private final Mailbox mailbox;
    private final RunnerSettings settings;
    private final InstantSource clock;
    private final Deadline deadline;

    private final Map<EffectId, Open> open = new HashMap<>();
    /** Tasks that wait until there is room. */
    private final Deque<EffectId> queue = new ArrayDeque<>();
    /** They have room of their own: tasks that take up all the other room must be able to time out. */
    private final Deque<Check> checks = new ArrayDeque<>();

    private final Timers timers = new Timers();
    private List<Effect.RunTask> ended = new ArrayList<>();
    private int tasksInFlight;
    private int checksInFlight;
    private boolean admitting = true;
    private Instant inboxReadAt = Instant.MIN;

    OpenEffects(
            TaskRequests requests,
            MapData mapData,
            ReadItems items,
            Mailbox mailbox,
            RunnerSettings settings,
            InstantSource clock,
            Deadline deadline) {
        this.requests = requests;
        this.asking = new Asking(requests, mailbox, clock);
        this.dataSets = new DataSetRequests(mapData, items, mailbox, clock);
        this.mailbox = mailbox;
        this.settings = settings;
        this.clock = clock;
        this.deadline = deadline;
    }

    // ---- begin

    void begin(Effect effect) {
        switch (effect) {
            case Effect.RunTask task -> begin(task);
            case Effect.ReadItems read -> opened(read.id()).dataSet = counted(dataSets.read(read));
            case Effect.WriteResults write -> opened(write.id()).dataSet = counted(dataSets.write(write));
            case Effect.StartTimer timer -> arm(timer.id(), timer.due(), timer.kind(), opened(timer.id()));
            case Effect.Abandon abandon -> close(abandon.id());
            case Effect.End end -> {}
        }
    }

    private void begin(Effect.RunTask task) {
        Open state = opened(task.id());
        OpenTask openTask = new OpenTask(task);
        state.task = openTask;
        arm(task.id(), task.timeoutAt(), TimerKind.TIMEOUT, state);
        arm(task.id(), task.heartbeatAt(), TimerKind.HEARTBEAT, state);
        if (task.isInterrupted()) {
            asking.interrupted(task);
        } else if (!task.submitted()) {
            openTask.queued = true;
            queue.addLast(task.id());
        }
    }

    private Cancellable counted(Cancellable request) {
        tasksInFlight++;
        return request;
    }

    private Open opened(EffectId id) {
        Open state = new Open();
        open.put(id, state);
        return state;
    }

    // ---- ask

    /**
     * Does what queues, as much as may be under way at once. A task that is done by the time it has been asked for takes up no place, so that any number of such tasks share a write.
     *
     * @param most at most so many, for what they give is held in memory until it is written
     */
    void startQueued(int most) {
        startChecks();
        for (int started = 0; tasksInFlight < settings.maxTasksInFlight() && mayStart() && started < most; started++) {
            EffectId id = queue.pollFirst();
            if (id == null) {
                return;
            }
            OpenTask task = task(id);
            // Gone while it queued: its scope was abandoned.
            if (task != null && task.queued) {
                ask(task);
            }
        }
    }

    private void startChecks() {
        while (!checks.isEmpty() && checksInFlight < settings.maxTasksInFlight() && mayStart()) {
            Check check = checks.removeFirst();
            OpenTask task = task(check.id());
            if (task != null) {
                checksInFlight++;
                asking.check(task.task, check.bound(), inboxReadAt);
            }
        }
    }

    /** A task that is done as soon as it is started takes its time here, so the deadline is looked at before each. */
    private boolean mayStart() {
        return admitting && !deadline.isWithin(settings.admissionMargin(), clock.instant());
    }

    private void ask(OpenTask task) {
        task.queued = false;
        if (!task.counted) {
            task.counted = true;
            tasksInFlight++;
        }
        if (task.mustBeRecorded()) {
            asking.record(task);
            return;
        }
        asking.ask(task);
        if (task.done) {
            discount(task);
        }
    }

    private void discount(OpenTask task) {
        if (task.counted) {
            task.counted = false;
            tasksInFlight--;
        }
    }

    /** The task of that name; null when there is none, or nobody waits for it any more. */
    @Nullable
    OpenTask task(EffectId id) {
        Open state = open.get(id);
        return state == null ? null : state.task;
    }

    /** That a task was begun has its place in the journal. An activity's bounds count from now on; any other task is asked for, as soon as this is durable. */
    void started(EffectId id, Instant at) {
        Open state = open.get(id);
        if (state == null || state.task == null) {
            return;
        }
        Effect.RunTask task = state.task.task;
        if (task.pattern() == TaskPattern.ACTIVITY) {
            arm(id, after(at, task.timeout()), TimerKind.TIMEOUT, state);
            arm(id, after(at, task.heartbeat()), TimerKind.HEARTBEAT, state);
        } else {
            state.task.recorded = true;
            state.task.queued = true;
            queue.addFirst(id);
        }
    }

    /** Whoever does the task has taken it on: nothing runs here for it any more, but its bounds go on. */
    void submitted(EffectId id) {
        OpenTask task = task(id);
        if (task != null) {
            release(task);
            if (task.early != null) {
                mailbox.post(task.early);
            }
        }
    }

    // ---- time

    private void arm(EffectId id, @Nullable Instant due, TimerKind kind, Open state) {
        if (due != null) {
            state.timers.add(timers.add(due, id, kind));
        }
    }

    private static @Nullable Instant after(Instant at, @Nullable Duration bound) {
        return bound == null ? null : at.plus(bound);
    }

    /** When the next timer is due; null when there is none. */
    @Nullable
    Instant nextDue() {
        return timers.nextDue();
    }

    /** Posts what is due by {@code now}. Whether a task that others do has run out of time is to be asked first. */
    void fireDue(Instant now) {
        for (Timers.Timer timer = timers.pollDue(now); timer != null; timer = timers.pollDue(now)) {
            OpenTask task = timer.kind().endsTask() ? task(timer.effect()) : null;
            if (task != null && task.isAnsweredFromOutside()) {
                checks.addLast(new Check(timer.effect(), timer.kind()));
            } else {
                mailbox.post(new Entry.TimerFired(timer.effect(), now, timer.kind()));
            }
        }
    }

    /** What others had left by then is in the mailbox. */
    void inboxReadAt(Instant time) {
        inboxReadAt = time;
    }

    /** The question whether a task has run out of time was answered. */
    void checked() {
        checksInFlight--;
    }

    /** Has the question asked again. */
    void checkAgain(EffectId id, TimerKind bound, Instant at) {
        Open state = open.get(id);
        if (state != null) {
            arm(id, at, bound, state);
        }
    }

    /** A heartbeat came at that time. */
    void heard(EffectId id, Instant at) {
        Open state = open.get(id);
        if (state != null && state.task != null) {
            arm(id, after(at, state.task.task.heartbeat()), TimerKind.HEARTBEAT, state);
        }
    }

    // ---- end

    /** Nobody waits for it any more, be it answered or abandoned. */
    void close(EffectId id) {
        Open state = open.remove(id);
        if (state == null) {
            return;
        }
        state.timers.forEach(timers::remove);
        if (state.dataSet != null) {
            state.dataSet.cancel();
            tasksInFlight--;
        }
        OpenTask task = state.task;
        if (task != null) {
            release(task);
            if (task.isAnsweredFromOutside()) {
                ended.add(task.task);
            }
        }
    }

    /**
     * Some effects were over before they had begun here.
     *
     * @param before those that were open
     * @param after those of them that still are, among others
     */
    void ended(List<Effect> before, List<Effect> after) {
        Set<EffectId> open = new HashSet<>();
        after.forEach(effect -> open.add(effect.id()));
        for (Effect effect : before) {
            if (effect instanceof Effect.RunTask task
                    && task.pattern().isAnsweredFromOutside()
                    && !open.contains(task.id())) {
                ended.add(task);
            }
        }
    }

    private void release(OpenTask task) {
        task.queued = false;
        discount(task);
        if (task.request != null) {
            task.request.cancel();
            task.request = null;
        }
    }

    /** Forgets the tasks answered from outside that were closed. To be called once their ends are durable. */
    void forgetEnded() {
        if (!ended.isEmpty()) {
            List<Effect.RunTask> forgotten = ended;
            ended = new ArrayList<>();
            requests.forget(forgotten);
        }
    }

    /** From now on nothing that queues begins. */
    void stopAdmitting() {
        admitting = false;
    }

    /** Cancels everything: nothing of an execution runs on once its invocation has returned. */
    void cancelAll() {
        admitting = false;
        open.values().forEach(state -> {
            if (state.dataSet != null) {
                state.dataSet.cancel();
            }
            if (state.task != null) {
                release(state.task);
            }
        });
        open.clear();
        queue.clear();
        checks.clear();
        tasksInFlight = 0;
        checksInFlight = 0;
    }

    boolean isAdmitting() {
        return admitting;
    }

    /** How many tasks run, and how many questions about tasks are not answered yet. */
    int inFlight() {
        return tasksInFlight + checksInFlight;
    }

    /** Whether a task runs or queues. */
    boolean hasTasks() {
        return inFlight() > 0 || !queue.isEmpty() || !checks.isEmpty();
    }
}
