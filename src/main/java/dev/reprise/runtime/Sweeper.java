package dev.reprise.runtime;

import dev.reprise.journal.CorruptJournalException;
import dev.reprise.journal.DueExecution;
import dev.reprise.journal.ExecutionId;
import dev.reprise.journal.ExpiredExecutions;
import dev.reprise.journal.ExpiredExecutions.Deletion;
import dev.reprise.journal.Head;
import dev.reprise.journal.Journals;
import dev.reprise.journal.UnknownVersionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Does now and then what nobody else does: wakes up executions that are due and were not woken up, because a message was lost or their owner died; and deletes those whose retention is over. One sweep does
 * a bounded part of it, and the next goes on. Several at once do no harm.
 */
public final class Sweeper {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);

    /** So long before the invocation ends nothing new is begun: more than any one request takes, tried again and again. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final Journals journals;
    private final WakeUps wakeUps;
    private final SweepSettings settings;
    private final InstantSource clock;

    /** Of the executions in {@code journals}. */
    public Sweeper(Journals journals, WakeUps wakeUps, SweepSettings settings, InstantSource clock) {
        this.journals = journals;
        this.wakeUps = wakeUps;
        this.settings = settings;
        this.clock = clock;
    }

    /** Sweeps once, as far as the invocation allows. */
    public SweepReport sweep(Invocation invocation) {
        return new Sweep(new Deadline(invocation.deadline())).run();
    }

    /** One sweep. */
    private final class Sweep {

        private final Deadline deadline;
        private int overdue;
        private int handedOver;
        private int deletedExecutions;
        private int deletedItems;
        private int unreadable;
        private boolean more;

        Sweep(Deadline deadline) {
            this.deadline = deadline;
        }

        SweepReport run() {
            wakeUp();
            delete();
            return new SweepReport(overdue, handedOver, deletedExecutions, deletedItems, unreadable, more);
        }

        private void wakeUp() {
            Instant now = clock.instant();
            Duration ahead = wakeUps.leavesLongWaitsToTheSweeper()
                    ? settings.ahead()
                    : settings.overdue().negated();
            List<DueExecution> due = journals.due(now.plus(ahead), settings.mostExecutions());
            more |= due.size() == settings.mostExecutions();
            for (DueExecution execution : due) {
                if (outOfTime()) {
                    return;
                }
                guarded(execution.id(), () -> wakeUp(execution, now));
            }
        }

        /** What is due at this moment is being woken up by whoever was asked to. */
        private void wakeUp(DueExecution due, Instant now) {
            Instant at = due.at();
            boolean isOverdue = !at.isAfter(now.minus(settings.overdue()));
            if (!isOverdue && !at.isAfter(now)) {
                return;
            }
            Head head = journals.head(due.id());
            // The index lags behind: it may have gone on meanwhile.
            if (head != null && at.equals(head.dueAt())) {
                wakeUps.schedule(head.beginning().executionArn(), isOverdue ? now : at);
                if (isOverdue) {
                    overdue++;
                } else {
                    handedOver++;
                }
            }
        }

        private void delete() {
            ExpiredExecutions expired = journals.expired();
            List<ExecutionId> found = expired.find(settings.mostExecutions());
            more |= found.size() == settings.mostExecutions();
            for (ExecutionId id : found) {
                if (outOfTime() || deletedItems >= settings.mostItems()) {
                    more = true;
                    return;
                }
                guarded(id, () -> count(expired.delete(id, settings.mostItems() - deletedItems)));
            }
        }

        private void count(Deletion deletion) {
            deletedItems += deletion.items();
            if (!deletion.complete()) {
                more = true;
            } else if (deletion.items() > 0) {
                deletedExecutions++;
            }
        }

        private boolean outOfTime() {
            boolean out = deadline.isWithin(MARGIN, clock.instant());
            more |= out;
            return out;
        }

        /** One that cannot be read is no reason not to look after the others. */
        private void guarded(ExecutionId id, Runnable work) {
            try {
                work.run();
            } catch (CorruptJournalException | UnknownVersionException e) {
                unreadable++;
                LOG.errorf("The sweeper cannot look after %s: %s", id, e.getMessage());
            }
        }
    }
}
