package dev.reprise.operations;

import dev.reprise.core.Program;
import dev.reprise.dataset.DataSetException;
import dev.reprise.dataset.UnreachableDataException;
import dev.reprise.execution.Entry;
import dev.reprise.journal.InboxFact;
import dev.reprise.journal.Journal;
import dev.reprise.journal.OpenOutcome;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Redrive;
import dev.reprise.operations.ForcedEnds.Reached;
import dev.reprise.runtime.RunContext;
import dev.reprise.runtime.RunEvent;
import dev.reprise.runtime.RunListeners;
import dev.reprise.runtime.Time;
import dev.reprise.wakeup.WakeUps;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Has executions wait that cannot go on, for a data set which they have read before is out of reach. An outage says
 * nothing of the execution nor of its data, so it is tried again after as long as it has lasted; only one that somebody
 * has to mend lasts for days. Thread-safe.
 */
final class DataOutages {

    private static final Logger LOG = Logger.getLogger(DataOutages.class);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(15);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** A weekend on which nobody looks is shorter. What ends then can be redriven. */
    private static final Duration LONGEST_OUTAGE = Duration.ofDays(3);

    /** More messages than come while the last few requests are made. */
    private static final int MOST_TRIES = 10;

    private final WakeUps wakeUps;
    private final Time clock;
    private final ExecutionViews views;
    private final ForcedEnds forcedEnds;
    private final RunListeners listeners;

    DataOutages(ExecutionServices services, ExecutionViews views, ForcedEnds forcedEnds, RunListeners listeners) {
        this.wakeUps = services.wakeUps();
        this.clock = services.clock();
        this.views = views;
        this.forcedEnds = forcedEnds;
        this.listeners = listeners;
    }

    /**
     * Gives an execution up until it is tried again; or ends it, when it was stopped, when its time is up, or when the
     * outage lasts too long.
     *
     * @param read by the entries that were given before that was noticed
     */
    ExecutionDescription await(
            OpenOutcome.Opened opened, Program program, Reached read, UnreachableDataException outage) {
        Reached reached = ForcedEnds.passOver(opened, read);
        Journal journal = opened.replay().toItsEnd(entry -> {});
        Head head = opened.head();
        Instant now = Time.millisOf(clock);
        Instant since = since(head, journal, now);
        Instant timeout = timeoutAt(head, program);
        Instant until = earlier(now.plus(waitAfter(Duration.between(since, now))), timeout);
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Entry.Stopped stopped = InboxFact.stopAmong(journal.readInbox());
            if (stopped != null) {
                return forcedEnds.stop(opened, reached, stopped);
            }
            if (timeout != null && !timeout.isAfter(now)) {
                return forcedEnds.timeOut(opened, reached);
            }
            if (!since.plus(LONGEST_OUTAGE).isAfter(now)) {
                return forcedEnds.withoutItems(opened, reached, lasting(since, outage));
            }
            if (journal.postpone(until, since)) {
                return postponed(head, until, outage);
            }
        }
        // Messages come faster than the inbox can be read. The lease is over when this invocation is; then it is tried
        // again.
        return views.running(head, Objects.requireNonNull(head.lease()).until());
    }

    /** Since when: an entry that came since shows that the data set was within reach. */
    private static Instant since(Head head, Journal journal, Instant now) {
        Instant known = head.progress().stalledSince();
        return known == null || journal.position() > head.progress().position() || known.isAfter(now) ? now : known;
    }

    private static Duration waitAfter(Duration outage) {
        return outage.compareTo(FIRST_WAIT) < 0
                ? FIRST_WAIT
                : outage.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : outage;
    }

    /** A redrive begins the execution's time anew. */
    private static @Nullable Instant timeoutAt(Head head, Program program) {
        Duration timeout = program.timeout();
        Redrive redrive = head.redrive();
        return timeout == null ? null : (redrive == null ? head.beginning().startedAt() : redrive.at()).plus(timeout);
    }

    private static Instant earlier(Instant a, @Nullable Instant b) {
        return b != null && b.isBefore(a) ? b : a;
    }

    private static DataSetException lasting(Instant since, UnreachableDataException outage) {
        return new DataSetException(
                outage.getMessage() + ". The data set has been out of reach since " + since + ", for "
                        + LONGEST_OUTAGE.toDays() + " days. See to it that it can be read again, then redrive the"
                        + " execution",
                outage);
    }

    private ExecutionDescription postponed(Head head, Instant until, UnreachableDataException outage) {
        String arn = head.beginning().executionArn();
        LOG.warnf("%s is tried again at %s, for its data set is out of reach: %s", arn, until, outage.getMessage());
        if (!listeners.isEmpty()) {
            listeners.forRun(RunContext.of(head, null)).on(new RunEvent.Suspended(arn, Time.millisOf(clock), until));
        }
        // The lease is over when this invocation is.
        wakeUps.within(Objects.requireNonNull(head.lease()).until()).schedule(arn, until);
        return views.running(head, until);
    }
}
