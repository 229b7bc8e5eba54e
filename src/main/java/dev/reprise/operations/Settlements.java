package dev.reprise.operations;

import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.Outcome;
import dev.reprise.journal.Journals;
import dev.reprise.journal.WaitingTasks;
import dev.reprise.journal.store.Caller;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalException;
import dev.reprise.journal.store.UnknownVersionException;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Tells of the end of an execution whoever is to know of it: the task that awaits it, and the executions and jobs that
 * its own tasks awaited, which are stopped.
 *
 * <p>When one ends that a task awaits, its end answers the task, as somebody would who has the task's token. Its head
 * stays due until that is done, and until those that its own tasks awaited are stopped: should the process die in
 * between, the sweeper finds it.
 *
 * <p>Thread-safe; its methods block, and throw {@link JournalException}s.
 */
final class Settlements {

    private static final Logger LOG = Logger.getLogger(Settlements.class);

    /** Longer than it takes to stop some thousands. What is left then, the sweeper has stopped. */
    private static final Duration LONGEST_STOPPING = Duration.ofMinutes(1);

    private final Journals journals;
    private final WaitingTasks waiting;
    private final NestedExecutions nested;
    private final ExecutionViews views;
    private final IdleExecutions idle;

    Settlements(ExecutionServices services, NestedExecutions nested, ExecutionViews views) {
        this.journals = services.journals();
        this.waiting = journals.waitingTasks();
        this.nested = nested;
        this.views = views;
        this.idle = services.idleExecutions();
    }

    /**
     * Settles an execution that a runner has just ended.
     *
     * @param head as it was before the end
     * @param awaitsOthers whether tasks of it may have awaited executions or jobs
     */
    void settle(Head head, boolean awaitsOthers, Outcome outcome) {
        Caller caller = head.beginning().caller();
        if (awaitsOthers || (caller != null && caller.awaitsEnd())) {
            settle(head.id(), outcome);
        }
    }

    /** Settles an execution that has just ended. */
    void settle(ExecutionId id, Outcome outcome) {
        Head head = journals.head(id);
        if (head != null) {
            settle(head, () -> outcome);
        }
    }

    /** The head of an execution that is settled, should whoever ended it have died before it was. */
    Head settled(Head head) {
        settle(head, () -> views.outcome(head));
        return head;
    }

    /**
     * What cannot be told now may be told later: the sweeper tries it again, less and less often, unless it is only the
     * table that is out of reach.
     */
    private void settle(Head head, Supplier<Outcome> outcome) {
        if (!head.isUnsettled()) {
            return;
        }
        try {
            tell(head, outcome.get());
            if (stopDoers(head)) {
                journals.settle(head);
            }
        } catch (RuntimeException e) {
            boolean isOutOfReach = e instanceof JournalException
                    && !(e instanceof CorruptJournalException || e instanceof UnknownVersionException);
            if (!isOutOfReach) {
                Instant again = journals.backOffSettling(head);
                LOG.errorf(
                        "The end of %s cannot be told to those who wait for it; %s",
                        head.id(), again == null ? "this is given up" : "the sweeper tries again at " + again);
            }
            throw e;
        }
    }

    private void tell(Head child, Outcome outcome) {
        Caller caller = child.beginning().caller();
        if (caller == null || !caller.awaitsEnd()) {
            return;
        }
        Head parent = journals.head(caller.execution());
        if (parent == null || parent.ending() != null || !caller.belongsTo(parent)) {
            return;
        }
        Instant stoppedAt = Objects.requireNonNull(child.ending()).stoppedAt();
        Entry.OfEffect result = NestedResults.ended(caller, child, stoppedAt, journals.input(child), outcome);
        idle.wake(parent, waiting.answer(parent, result));
    }

    /**
     * Stops those who do tasks of an execution that has ended, some at once.
     *
     * @return false when time ran out before it was done
     */
    private boolean stopDoers(Head ended) {
        Map<EffectId, String> doers = waiting.children(ended.id());
        if (doers.isEmpty()) {
            return true;
        }
        // A redrive may have opened others meanwhile. As long as the head still shows the same end, none of those that
        // were read before is one of its.
        Head now = journals.head(ended.id());
        if (now == null || now.ending() == null || now.redrives() != ended.redrives()) {
            return true;
        }
        String arn = ended.beginning().executionArn();
        Instant startedAt = ended.beginning().startedAt();
        List<Uni<Void>> stops = new ArrayList<>();
        doers.forEach((task, doer) -> stops.add(nested.stopDoer(arn, startedAt, task, doer)));
        try {
            nested.someAtOnce(stops).await().atMost(LONGEST_STOPPING);
            return true;
        } catch (TimeoutException e) {
            LOG.warnf("%s has ended; what its tasks await is not all stopped yet, the sweeper goes on", arn);
            return false;
        }
    }
}
