package dev.reprise.runtime;

import dev.reprise.core.Effect;
import dev.reprise.core.EffectId;
import dev.reprise.core.Entry;
import dev.reprise.core.StatesError;
import dev.reprise.core.TimerKind;
import dev.reprise.task.MapData;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskContext;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunners;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the outside is doing for one execution: tasks that run, tasks that queue because enough run already, timers. Only the thread that owns the execution touches it; results come back through the mailbox.
 */
final class OpenEffects {

    /** One open effect; its fields are null where it has no such part (yet). */
    private static final class Open {
        Effect.@Nullable RunTask queued;

        @Nullable
        Cancellable subscription;

        final List<Timers.Timer> timers = new ArrayList<>(0);
        boolean counted;
        /** Set by whatever thread the result comes about on, before it is posted. */
        volatile boolean done;
    }

    private final String executionArn;
    private final TaskRunners runners;
    private final MapData mapData;
    private final ReadItems items;
    private final Mailbox mailbox;
    private final RunnerSettings settings;
    private final InstantSource clock;
    private final Deadline deadline;

    private final Map<EffectId, Open> open = new HashMap<>();
    private final Deque<Effect.RunTask> queue = new ArrayDeque<>();
    private final Timers timers = new Timers();
    private int tasksInFlight;
    private boolean admitting = true;

    OpenEffects(
            String executionArn,
            TaskRunners runners,
            MapData mapData,
            ReadItems items,
            Mailbox mailbox,
            RunnerSettings settings,
            InstantSource clock,
            Deadline deadline) {
        this.clock = clock;
        this.executionArn = executionArn;
        this.runners = runners;
        this.mapData = mapData;
        this.items = items;
        this.mailbox = mailbox;
        this.settings = settings;
        this.deadline = deadline;
    }

    void begin(Effect effect) {
        switch (effect) {
            case Effect.RunTask task -> enqueue(task);
            case Effect.ReadItems read -> read(read);
            case Effect.WriteResults write -> write(write);
            case Effect.StartTimer timer -> start(timer.id(), timer.due(), timer.kind(), opened(timer.id()));
            case Effect.Abandon abandon -> close(abandon.id());
            case Effect.End end -> {}
        }
    }

    private void read(Effect.ReadItems read) {
        EffectId id = read.id();
        Open state = counted(id);
        state.subscription = mapData.read(read.request())
                .subscribe()
                .with(
                        found -> {
                            items.keep(id, found);
                            mailbox.post(new Entry.ItemsRead(
                                    id, now(), found.version(), found.items().size()));
                        },
                        failure -> mailbox.post(failed(id, "States.ItemReaderFailed", failure)));
    }

    private void write(Effect.WriteResults write) {
        EffectId id = write.id();
        Open state = counted(id);
        state.subscription = mapData.write(write.results())
                .subscribe()
                .with(
                        result -> mailbox.post(new Entry.TaskSucceeded(id, now(), result)),
                        failure -> mailbox.post(failed(id, "States.ResultWriterFailed", failure)));
    }

    private Entry.TaskFailed failed(EffectId id, String error, Throwable failure) {
        return new Entry.TaskFailed(id, now(), new StatesError(error, failure.getMessage()));
    }

    private Open counted(EffectId id) {
        Open state = opened(id);
        state.counted = true;
        tasksInFlight++;
        return state;
    }

    private Open opened(EffectId id) {
        Open state = new Open();
        open.put(id, state);
        return state;
    }

    private void enqueue(Effect.RunTask task) {
        Open state = opened(task.id());
        start(task.id(), task.timeoutAt(), TimerKind.TIMEOUT, state);
        start(task.id(), task.heartbeatAt(), TimerKind.HEARTBEAT, state);
        if (!task.submitted()) {
            state.queued = task;
            queue.addLast(task);
        }
    }

    private void start(EffectId id, @Nullable Instant due, TimerKind kind, Open state) {
        if (due != null) {
            state.timers.add(timers.add(due, id, kind));
        }
    }

    /**
     * Starts queued tasks, as many as may run at once. A task that is done by the time it has been started takes up no place, so that any number of such tasks share a write.
     *
     * @param most at most so many, for what they give is held in memory until it is written
     */
    void startQueued(int most) {
        for (int started = 0; mayStart() && started < most; started++) {
            Effect.RunTask task = queue.pollFirst();
            if (task == null) {
                return;
            }
            Open state = open.get(task.id());
            // Closed while it queued: its scope was abandoned.
            if (state != null && state.queued != null) {
                start(task, state);
            }
        }
    }

    /** A task that is done as soon as it is started takes its time here, so the deadline is looked at before each. */
    private boolean mayStart() {
        return admitting
                && tasksInFlight < settings.maxTasksInFlight()
                && !deadline.isWithin(settings.admissionMargin(), clock.instant());
    }

    private void start(Effect.RunTask task, Open state) {
        state.queued = null;
        state.counted = true;
        tasksInFlight++;
        EffectId id = task.id();
        try {
            state.subscription = runners.find(task.resource())
                    .run(call(task))
                    .subscribe()
                    .with(
                            output -> post(state, new Entry.TaskSucceeded(id, now(), output)),
                            failure -> post(state, new Entry.TaskFailed(id, now(), error(failure))));
        } catch (RuntimeException | LinkageError e) {
            post(state, new Entry.TaskFailed(id, now(), error(e)));
        }
        if (state.done) {
            state.counted = false;
            tasksInFlight--;
        }
    }

    private void post(Open state, Entry entry) {
        state.done = true;
        mailbox.post(entry);
    }

    /** Whole milliseconds, as entries carry them. */
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private TaskCall call(Effect.RunTask task) {
        EffectId id = task.id();
        return new TaskCall(
                task.resource(),
                task.input(),
                new TaskContext(
                        executionArn,
                        id.scope().toString(),
                        task.state(),
                        task.attempt(),
                        executionArn + id,
                        deadline.at()),
                task.credentials());
    }

    private static StatesError error(Throwable failure) {
        return failure instanceof TaskException task
                ? task.error()
                : new StatesError(failure.getClass().getName(), failure.getMessage());
    }

    /** Nobody waits for it any more, be it answered or abandoned. */
    void close(EffectId id) {
        Open state = open.remove(id);
        if (state == null) {
            return;
        }
        state.timers.forEach(timers::remove);
        release(state);
    }

    /** Whoever does the task has taken it on: nothing runs here for it any more, but its bounds go on. */
    void submitted(EffectId id) {
        Open state = open.get(id);
        if (state != null) {
            release(state);
        }
    }

    private void release(Open state) {
        state.queued = null;
        if (state.counted) {
            state.counted = false;
            tasksInFlight--;
        }
        if (state.subscription != null) {
            state.subscription.cancel();
        }
    }

    /** From now on no queued task starts. */
    void stopAdmitting() {
        admitting = false;
    }

    /** Cancels everything: nothing of an execution runs on once its invocation has returned. */
    void cancelAll() {
        admitting = false;
        open.values().forEach(state -> {
            if (state.subscription != null) {
                state.subscription.cancel();
            }
        });
        open.clear();
        queue.clear();
        tasksInFlight = 0;
    }

    boolean isAdmitting() {
        return admitting;
    }

    int tasksInFlight() {
        return tasksInFlight;
    }

    /** Whether a task runs or queues. */
    boolean hasTasks() {
        return tasksInFlight > 0 || !queue.isEmpty();
    }

    /** When the next timer is due; null when there is none. */
    @Nullable
    Instant nextDue() {
        return timers.nextDue();
    }

    /** Posts what is due by {@code now}. */
    void fireDue(Instant now) {
        for (Timers.Timer timer = timers.pollDue(now); timer != null; timer = timers.pollDue(now)) {
            mailbox.post(new Entry.TimerFired(timer.effect(), now, timer.kind()));
        }
    }
}
