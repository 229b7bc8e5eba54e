package dev.reprise.runtime;

import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.TaskPattern;
import dev.reprise.execution.TaskPhase;
import dev.reprise.execution.TimerKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that an execution waits for: those that queue because enough run already, those that run, those that others
 * do. A task's bounds count from when it is really asked for, or from what the journal tells. Only the thread that owns
 * the execution touches it.
 */
final class OpenTasks {

    private final TaskDispatch dispatch;
    private final JobPolls polls;
    private final Mailbox mailbox;
    private final Timers<TimerKind> timers;
    private final Allotment allotment;

    private final Map<EffectId, OpenTask> open = new HashMap<>();
    private final TaskQueue queue = new TaskQueue();

    /** Tasks of targets that bear only so much queue there until they are first asked for. */
    private final RateGates gates;

    private int places;

    /** Whose turn it is: that gate's, or that of those without one. */
    private int turn;

    OpenTasks(
            TaskDispatch dispatch,
            JobPolls polls,
            Mailbox mailbox,
            Timers<TimerKind> timers,
            RateGates gates,
            Allotment allotment) {
        this.dispatch = dispatch;
        this.polls = polls;
        this.mailbox = mailbox;
        this.timers = timers;
        this.gates = gates;
        this.allotment = allotment;
    }

    void begin(Effect.RunTask effect) {
        OpenTask task = new OpenTask(effect);
        open.put(effect.id(), task);
        Instant from = effect.boundsFrom();
        if (from != null) {
            arm(effect, from);
        }
        if (effect.isInterrupted()) {
            dispatch.interrupted(effect);
        } else if (task.isQueued()) {
            queueOf(task).addLast(task);
        } else {
            RateGate gate = gates.of(effect.state());
            if (gate != null) {
                gate.goesOn(effect.id());
            }
            polls.begin(effect, false);
        }
    }

    /** Where it queues, if it does. */
    private TaskQueue queueOf(OpenTask task) {
        RateGate gate = gates.of(task.effect().state());
        return gate == null || gate.isInFlight(task.id()) ? queue : gate.queue();
    }

    private void arm(Effect.RunTask effect, Instant from) {
        timers.set(effect.id(), TimerKind.TIMEOUT, effect.timeoutAt(from));
        timers.set(effect.id(), TimerKind.HEARTBEAT, effect.heartbeatAt(from));
    }

    /**
     * Asks for what queues, as much as may be under way at once. A task that is done by the time it has been asked for
     * takes up no place, so that any number of such tasks share a write. Each gate, and those without one, have one
     * task begin in turn: none keeps the others waiting because it is long.
     *
     * @param most at most so many, for what they give is held in memory until it is written
     */
    void startQueued(int most) {
        List<RateGate> all = gates.all();
        int started = 0;
        int inVain = 0;
        while (started < most && inVain <= all.size()) {
            if (startFirst(turn < all.size() ? all.get(turn) : null)) {
                started++;
                inVain = 0;
            } else {
                inVain++;
            }
            turn = turn < all.size() ? turn + 1 : 0;
        }
    }

    private boolean mayBegin() {
        return places < allotment.settings().maxTasksInFlight() && allotment.mayBegin();
    }

    /** @return whether there was one that may begin */
    private boolean startFirst(@Nullable RateGate gate) {
        TaskQueue from = gate == null ? queue : gate.queue();
        if (from.isEmpty() || !mayBegin()) {
            return false;
        }
        Instant now = gate == null ? Instant.EPOCH : allotment.clock().instant();
        OpenTask task = gate == null || gate.mayBegin(now) ? from.poll() : null;
        if (task == null) {
            return false;
        }
        if (gate != null) {
            gate.begin(task.id(), now);
        }
        ask(task);
        return true;
    }

    private void ask(OpenTask task) {
        if (task.mustBeRecorded()) {
            places++;
            task.recording();
            dispatch.record(task.effect());
            return;
        }
        Effect.RunTask effect = task.effect();
        boolean isBounded = effect.timeout() != null || effect.heartbeat() != null;
        if (isBounded && effect.pattern() != TaskPattern.ACTIVITY) {
            // The clock may be behind the execution's time, which an owner before has told.
            Instant now = Time.millisOf(allotment.clock());
            arm(effect, now.isBefore(effect.requestedAt()) ? effect.requestedAt() : now);
        }
        task.asked(dispatch.ask(effect));
        if (task.hasPlace()) {
            places++;
        }
    }

    /** The task of that name; null when there is none, or nobody waits for it any more. */
    @Nullable
    OpenTask task(EffectId id) {
        return open.get(id);
    }

    /**
     * That a task was begun has its place in the journal. An activity's bounds count from now on; any other task is
     * asked for, as soon as this is durable.
     */
    void started(Entry.TaskStarted started) {
        OpenTask task = open.get(started.effect());
        if (task == null) {
            return;
        }
        boolean hadPlace = task.hasPlace();
        task.recorded(started);
        if (task.effect().pattern() == TaskPattern.ACTIVITY) {
            arm(task.effect(), started.at());
        }
        if (task.isQueued() && hadPlace) {
            places--;
            queue.addFirst(task);
        }
    }

    /**
     * Somebody has taken the task on: nothing runs here for it any more, and from now on its bounds count anew, but for
     * an activity's.
     */
    void submitted(Entry.TaskSubmitted submitted) {
        OpenTask task = open.get(submitted.effect());
        if (task == null) {
            return;
        }
        Effect.RunTask before = task.effect();
        takenOn(task, before.phase().submitted(submitted.at(), submitted.response()));
        if (before.pattern() != TaskPattern.ACTIVITY) {
            arm(task.effect(), submitted.at());
            polls.begin(task.effect(), true);
        }
    }

    /** The answer to a task is here, and its request is not waited for any longer. */
    void answeredBeforeItsRequest(OpenTask task) {
        takenOn(task, task.effect().phase());
    }

    private void takenOn(OpenTask task, TaskPhase phase) {
        Mailbox.Mail.Happened early = task.early();
        TaskQueue queued = task.isQueued() ? queueOf(task) : null;
        leave(task);
        task.interrupt();
        task.takenOn(phase);
        if (queued != null) {
            queued.left();
        }
        if (early != null) {
            mailbox.post(early);
        }
    }

    /** A heartbeat came. */
    void heard(Entry.TaskHeard heard) {
        OpenTask task = open.get(heard.effect());
        if (task != null) {
            task.heard(heard);
            timers.set(task.id(), TimerKind.HEARTBEAT, task.effect().heartbeatAt(heard.heardAt()));
        }
    }

    /**
     * Nobody waits for it any more, be it answered or given up.
     *
     * @return null when there is no such task
     */
    @Nullable
    OpenTask close(EffectId id) {
        OpenTask task = open.remove(id);
        if (task != null) {
            TaskQueue queued = task.isQueued() ? queueOf(task) : null;
            leave(task);
            task.over();
            if (queued != null) {
                queued.left();
            }
            RateGate gate = gates.of(task.effect().state());
            if (gate != null) {
                gate.over(id);
            }
        }
        return task;
    }

    private void leave(OpenTask task) {
        if (task.hasPlace()) {
            places--;
        }
    }

    /** Interrupts all that runs; nothing that queues begins any more. */
    void cancelAll() {
        open.values().forEach(OpenTask::over);
        open.clear();
        queue.clear();
        gates.clear();
        places = 0;
    }

    /** How many of them run. */
    int inFlight() {
        return places;
    }

    /** Whether one of them queues for nothing but its turn. */
    boolean anyQueued() {
        return !queue.isEmpty()
                || (!gates.all().isEmpty()
                        && gates.anyMayBegin(allotment.clock().instant()));
    }

    /** When time lets a task begin that its target's limit holds back; null when none waits for time alone. */
    @Nullable
    Instant nextDue() {
        return gates.nextDue();
    }

    /** The same, here: null too where no task may begin, whatever the time. */
    @Nullable
    Instant nextDueHere() {
        Instant due = nextDue();
        return due == null || mayBegin() ? due : null;
    }
}
