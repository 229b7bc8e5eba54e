package dev.reprise.runtime;

import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.journal.store.JournalException;
import dev.reprise.task.TaskThreads;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tasks that others did, or were to do, and that nobody waits for any more: whoever may still do them is told, and the
 * table forgets them. That happens in batches and on other threads; what a crash leaves of it, the next owner finds in
 * the table ({@code TasksOfEarlierOwners}). Only the thread that owns the execution touches it.
 */
final class EndedTasks {

    /** More of them in turn are one batch. */
    private static final int MOST_BATCHES_UNDER_WAY = 4;

    private final TaskRequests requests;
    private final Mailbox mailbox;
    private final Underway underway;
    private final List<Request> underWay = new ArrayList<>();
    private List<TaskRequests.Ended> ended = new ArrayList<>();

    EndedTasks(TaskRequests requests, Mailbox mailbox, Underway underway) {
        this.requests = requests;
        this.mailbox = mailbox;
        this.underway = underway;
    }

    /** @param answered whether whoever does it has said how it ended; else it is given up */
    void add(Effect.RunTask task, boolean answered) {
        if (task.pattern().isAnsweredFromOutside()) {
            ended.add(new TaskRequests.Ended(task, answered));
        }
    }

    /**
     * Some effects were over before they had begun here.
     *
     * @param before those that were open
     * @param after those of them that still are, among others
     */
    void add(List<Effect> before, List<Effect> after) {
        Set<EffectId> open = new HashSet<>();
        after.forEach(effect -> open.add(effect.id()));
        for (Effect effect : before) {
            if (effect instanceof Effect.RunTask task && !open.contains(task.id())) {
                add(task, false);
            }
        }
    }

    /** Has those forgotten that have been added. To be called once their ends are durable. */
    void forget() {
        if (!ended.isEmpty()) {
            underWay.removeIf(Request::isDone);
            if (underWay.size() < MOST_BATCHES_UNDER_WAY) {
                forgetNow();
            }
        }
    }

    /** The same, where it is not asked for again. */
    void forgetTheRest() {
        if (!ended.isEmpty()) {
            forgetNow();
        }
    }

    /**
     * Has the jobs forgotten among them: the execution has ended, and whoever has stopped what its tasks await need not
     * cancel a job that is done. All else is gone with the execution.
     */
    void forgetJobs() {
        ended.removeIf(each -> !requests.isJob(each.task()));
        forgetTheRest();
    }

    private void forgetNow() {
        List<TaskRequests.Ended> batch = ended;
        ended = new ArrayList<>();
        Effect.RunTask first = batch.get(0).task();
        Request request = new Request();
        underWay.add(request);
        request.begun(TaskThreads.watched(
                underway.watch(first),
                () -> requests.forget(batch)
                        .subscribe()
                        .with(forgotten -> request.done(), failure -> failed(request, failure))));
    }

    private void failed(Request request, Throwable failure) {
        request.done();
        if (failure instanceof JournalException problem) {
            mailbox.post(new Mailbox.Mail.Broken(problem));
        } else {
            throw new IllegalStateException("Nothing but the table can fail here", failure);
        }
    }
}
