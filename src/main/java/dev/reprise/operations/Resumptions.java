package dev.reprise.operations;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.Journals;
import dev.reprise.journal.OpenOutcome;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.DataKeyUnavailableException;
import dev.reprise.journal.store.FencedException;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.UnknownVersionException;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.runtime.Time;
import dev.reprise.wakeup.WakeUps;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Carries executions on that wait, or whose owner died. Thread-safe. */
final class Resumptions {

    private static final Logger LOG = Logger.getLogger(Resumptions.class);

    private final Journals journals;
    private final WakeUps wakeUps;
    private final RunnerSettings settings;
    private final Time clock;
    private final OwnedExecutions owned;
    private final ForcedEnds forcedEnds;
    private final NestedExecutions nested;
    private final Settlements settlements;
    private final ExecutionViews views;

    Resumptions(
            ExecutionServices services,
            OwnedExecutions owned,
            ForcedEnds forcedEnds,
            NestedExecutions nested,
            Settlements settlements,
            ExecutionViews views) {
        this.journals = services.journals();
        this.wakeUps = services.wakeUps();
        this.settings = services.settings();
        this.clock = services.clock();
        this.owned = owned;
        this.forcedEnds = forcedEnds;
        this.nested = nested;
        this.settlements = settlements;
        this.views = views;
    }

    /** {@link Executions#resume}. */
    ExecutionDescription resume(ExecutionId id, Invocation invocation) {
        Head head = settlements.settled(views.head(id));
        return isDue(head) ? resume(head, invocation) : views.describe(head);
    }

    /** {@link Executions#resumeAt}. */
    ExecutionDescription resumeAt(ExecutionId id, Instant at, Invocation invocation) {
        Head head = settlements.settled(views.head(id));
        if (!isDue(head) && at.equals(head.dueAt())) {
            wakeUps.within(invocation.deadline()).schedule(head.beginning().executionArn(), at);
        }
        return isDue(head) ? resume(head, invocation) : views.describe(head);
    }

    /**
     * Whether there is anything to be done, or soon enough to be waited for. Wake-ups come more than once, and may come
     * when the execution waits for something else by then: taking it over would cost writes, and lead to nothing.
     */
    private boolean isDue(Head head) {
        Instant dueAt = head.dueAt();
        Instant soon = clock.instant().plus(settings.waitInProcess());
        return head.ending() == null && (head.lease() != null || (dueAt != null && !dueAt.isAfter(soon)));
    }

    /**
     * Takes an execution over and goes on with it, if nobody else has it.
     *
     * @param known its head, as it was read
     */
    ExecutionDescription resume(Head known, Invocation invocation) {
        nested.stopUnlessAwaited(known);
        Lease lease = invocation.lease(clock);
        return readably(known, lease, () -> goOn(Takeover.of(known, lease, invocation, journals.waitingTasks())));
    }

    /**
     * One that cannot be read is left alone for longer and longer: repeating the request is of no use until somebody
     * has looked after it. Nor does it count as a resume in vain.
     */
    ExecutionDescription readably(Head before, Lease lease, Supplier<ExecutionDescription> work) {
        try {
            return work.get();
        } catch (CorruptJournalException | UnknownVersionException e) {
            Instant again = journals.backOff(before, lease);
            LOG.errorf("%s. The sweeper tries again at %s", e.getMessage(), again);
            throw UnreadableJournals.refusal(e);
        } catch (DataKeyUnavailableException e) {
            Instant again = journals.backOff(before, lease);
            LOG.errorf("%s: %s. The sweeper tries again at %s", before.id(), e.getMessage(), again);
            throw e;
        }
    }

    /** @throws CorruptJournalException when it cannot be read */
    ExecutionDescription goOn(Takeover takeover) {
        return open(takeover, settings.maxFruitlessResumes(), opened -> owned.goOn(takeover, opened));
    }

    /**
     * Takes an execution over, and does something with it.
     *
     * @param mostFruitless so many resumes in a row may have come to nothing
     */
    ExecutionDescription open(
            Takeover takeover, long mostFruitless, Function<OpenOutcome.Opened, ExecutionDescription> work) {
        Head known = takeover.known();
        return unlessOvertaken(known, () -> switch (journals.open(known.id(), takeover.lease(), mostFruitless)) {
            case OpenOutcome.Opened opened -> work.apply(opened);
            case OpenOutcome.Fruitless fruitless -> forcedEnds.giveUp(fruitless);
            case OpenOutcome.AlreadyClosed closed -> views.describe(settlements.settled(closed.head()));
            // Should its owner have died, the sweeper finds it when the lease is over.
            case OpenOutcome.HeldByOther held -> views.describe(known);
            case OpenOutcome.Unknown unknown -> throw ExecutionViews.doesNotExist(known.id());
        });
    }

    /** Whoever has it now answers for it. */
    ExecutionDescription unlessOvertaken(Head known, Supplier<ExecutionDescription> work) {
        try {
            return work.get();
        } catch (FencedException e) {
            return views.describe(known.id());
        }
    }
}
