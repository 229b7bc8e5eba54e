package dev.reprise.runtime;

import dev.reprise.core.Effect;
import dev.reprise.core.EffectId;
import dev.reprise.core.Entry;
import dev.reprise.core.TimerKind;
import dev.reprise.task.MapData;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the outside is doing for one execution: tasks, data sets, timers. Only the thread that owns the execution touches it; results come back through the mailbox.
 */
final class OpenEffects {

    private final TaskRequests requests;
    private final DataSetRequests dataSets;
    private final Mailbox mailbox;
    private final Allotment allotment;

    private final Timers timers = new Timers();
    private final OpenTasks tasks;
    private final TimeUpChecks checks;
    private final Map<EffectId, Cancellable> openDataSets = new HashMap<>();
    private List<Effect.RunTask> ended = new ArrayList<>();

    OpenEffects(TaskRequests requests, MapData mapData, ReadItems items, Mailbox mailbox, Allotment allotment) {
        Asking asking = new Asking(requests, mailbox, allotment.clock());
        this.requests = requests;
        this.dataSets = new DataSetRequests(mapData, items, mailbox, allotment.clock());
        this.mailbox = mailbox;
        this.allotment = allotment;
        this.tasks = new OpenTasks(asking, mailbox, timers, allotment);
        this.checks = new TimeUpChecks(asking, allotment);
    }

    void begin(Effect effect) {
        switch (effect) {
            case Effect.RunTask task -> tasks.begin(task);
            case Effect.ReadItems read -> openDataSets.put(read.id(), dataSets.read(read));
            case Effect.WriteResults write -> openDataSets.put(write.id(), dataSets.write(write));
            case Effect.StartTimer timer -> timers.set(timer.id(), timer.kind(), timer.due());
            case Effect.Abandon abandon -> close(abandon.id());
            case Effect.End end -> {}
        }
    }

    /** Does what queues, as much as may be under way at once; of tasks at most so many. */
    void startQueued(int most) {
        checks.start(tasks);
        tasks.startQueued(most);
    }

    /** The tasks among them. */
    OpenTasks tasks() {
        return tasks;
    }

    // ---- time

    /** When the next timer is due; null when there is none. */
    @Nullable
    Instant nextDue() {
        return timers.nextDue();
    }

    /** Posts what is due by {@code now}. Whether a task that others do has run out of time is to be asked first. */
    void fireDue(Instant now) {
        for (Timers.Timer timer = timers.pollDue(now); timer != null; timer = timers.pollDue(now)) {
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

    // ---- end

    /** Nobody waits for it any more, be it answered or given up. */
    void close(EffectId id) {
        timers.clear(id);
        Cancellable dataSet = openDataSets.isEmpty() ? null : openDataSets.remove(id);
        if (dataSet != null) {
            dataSet.cancel();
        }
        OpenTask task = tasks.close(id);
        if (task != null && task.isAnsweredFromOutside()) {
            checks.remove(id);
            ended.add(task.effect());
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

    /** Forgets the tasks answered from outside that were closed. To be called once their ends are durable. */
    void forgetEnded() {
        if (!ended.isEmpty()) {
            List<Effect.RunTask> forgotten = ended;
            ended = new ArrayList<>();
            requests.forget(forgotten);
        }
    }

    /** Cancels everything: nothing of an execution runs on once its invocation has returned. */
    void cancelAll() {
        allotment.stopAdmitting();
        openDataSets.values().forEach(Cancellable::cancel);
        openDataSets.clear();
        timers.clear();
        tasks.cancelAll();
        checks.clear();
    }

    /** How many tasks run, and how many questions about tasks are not answered yet. */
    int inFlight() {
        return tasks.inFlight() + openDataSets.size() + checks.inFlight();
    }

    /** Whether anything runs or queues that is no timer. */
    boolean hasTasks() {
        return inFlight() > 0 || tasks.anyQueued() || checks.anyQueued();
    }
}
