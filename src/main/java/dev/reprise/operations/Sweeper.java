package dev.reprise.operations;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.ExpiredExecutions;
import dev.reprise.journal.ExpiredExecutions.Deletion;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.DueExecution;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalException;
import dev.reprise.journal.store.UnknownVersionException;
import dev.reprise.runtime.Deadline;
import dev.reprise.wakeup.WakeUps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jboss.logging.Logger;

/**
 * Does now and then what nobody else does: wakes up executions that are due and were not woken up, because a message
 * was lost or their owner died; and deletes those whose retention is over. One sweep does a bounded part of it, and the
 * next goes on. Several at once do no harm.
 */
public final class Sweeper {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);

    /**
     * So long before the invocation ends nothing new is begun: more than any one request takes, tried again and again.
     */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final Journals journals;
    private final WakeUps wakeUps;
    private final SweepSettings settings;
    private final InstantSource clock;
    private final Consumer<SweepReport> told;

    /** Of the executions in {@code journals}; tells its reports to whoever asked for the sweep only. */
    public Sweeper(Journals journals, WakeUps wakeUps, SweepSettings settings, InstantSource clock) {
        this(journals, wakeUps, settings, clock, report -> {});
    }

    /**
     * Of the executions in {@code journals}.
     *
     * @param told is told each sweep's report
     */
    public Sweeper(
            Journals journals,
            WakeUps wakeUps,
            SweepSettings settings,
            InstantSource clock,
            Consumer<SweepReport> told) {
        this.journals = journals;
        this.wakeUps = wakeUps;
        this.settings = settings;
        this.clock = clock;
        this.told = told;
    }

    /** Sweeps once, as far as the invocation allows. */
    public SweepReport sweep(Invocation invocation) {
        SweepReport report = new Sweep(new Deadline(invocation.deadline())).run();
        told.accept(report);
        return report;
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
            lookAfter(limit -> journals.due(now.plus(ahead), limit), DueExecution::id, due -> wakeUp(due, now));
        }

        /**
         * Does the work for the executions that are found, those first whose time came first. Some cannot be looked
         * after, and stand in front of the others at every sweep: so as many more are asked for.
         */
        private <T> void lookAfter(IntFunction<List<T>> find, Function<T, ExecutionId> id, Consumer<T> work) {
            Set<ExecutionId> met = new HashSet<>();
            int failed = 0;
            int limit = settings.mostExecutions();
            while (true) {
                List<T> found = find.apply(limit);
                for (T execution : found) {
                    boolean isNew = met.add(id.apply(execution));
                    if (isNew && outOfTime()) {
                        return;
                    }
                    if (isNew && !guarded(id.apply(execution), () -> work.accept(execution))) {
                        failed++;
                    }
                }
                boolean enough = met.size() - failed >= settings.mostExecutions();
                if (enough || found.size() < limit) {
                    more |= found.size() >= limit;
                    return;
                }
                limit = settings.mostExecutions() + 2 * failed;
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
            lookAfter(expired::find, id -> id, id -> delete(expired, id));
        }

        private void delete(ExpiredExecutions expired, ExecutionId id) {
            int left = settings.mostItems() - deletedItems;
            if (left > 0) {
                count(expired.delete(id, left));
            } else {
                more = true;
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

        /**
         * One that cannot be looked after is no reason not to look after the others, whatever it is that fails. Only
         * where the table is out of reach there is no use in going on.
         *
         * @return false when it could not be looked after
         */
        private boolean guarded(ExecutionId id, Runnable work) {
            try {
                work.run();
                return true;
            } catch (CorruptJournalException | UnknownVersionException e) {
                LOG.errorf("The sweeper cannot look after %s: %s", id, e.getMessage());
            } catch (JournalException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.errorf(e, "The sweeper cannot look after %s", id);
            }
            unreadable++;
            return false;
        }
    }
}
