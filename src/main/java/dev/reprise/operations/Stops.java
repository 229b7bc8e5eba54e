package dev.reprise.operations;

import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.RequestException;
import dev.reprise.journal.Inbox;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.runtime.Time;
import org.jspecify.annotations.Nullable;

/**
 * Stops executions. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html">AWS,
 *     StopExecution</a>
 */
final class Stops {

    private static final int LONGEST_ERROR = 256;
    private static final int LONGEST_CAUSE = 32_768;

    private final Journals journals;
    private final Time clock;
    private final ForcedEnds forcedEnds;
    private final Resumptions resumptions;
    private final ExecutionViews views;

    Stops(ExecutionServices services, ForcedEnds forcedEnds, Resumptions resumptions, ExecutionViews views) {
        this.journals = services.journals();
        this.clock = services.clock();
        this.forcedEnds = forcedEnds;
        this.resumptions = resumptions;
        this.views = views;
    }

    /** {@link Executions#stop}. */
    ExecutionDescription stop(ExecutionId id, @Nullable String error, @Nullable String cause, Invocation invocation) {
        requireAtMost(LONGEST_ERROR, "error", error);
        requireAtMost(LONGEST_CAUSE, "cause", cause);
        Entry.Stopped stopped = new Entry.Stopped(Time.millisOf(clock), error, cause);
        return switch (journals.inbox().put(id, stopped)) {
            case Inbox.Delivery.Closed closed -> views.describe(closed.head());
            case Inbox.Delivery.Unknown unknown -> throw ExecutionViews.doesNotExist(id);
            case Inbox.Delivery delivery -> {
                Head head = views.head(id);
                yield delivery.leavesIdle(head, clock.instant())
                        ? stopIdle(head, stopped, invocation)
                        : views.describe(head);
            }
        };
    }

    private static void requireAtMost(int longest, String what, @Nullable String text) {
        if (text != null && text.length() > longest) {
            throw new RequestException(
                    "ValidationException",
                    "'" + what + "' has at most " + longest + " characters, this one has " + text.length());
        }
    }

    /**
     * Nobody runs it, so this invocation reads the inbox in its place. Where whoever ran it died, that may be what
     * another would die of too, so nothing is worked out. Should the journal be unreadable, it is ended all the same.
     */
    private ExecutionDescription stopIdle(Head head, Entry.Stopped stopped, Invocation invocation) {
        Lease lease = invocation.lease(clock);
        try {
            Takeover takeover = Takeover.of(head, lease, invocation, journals.waitingTasks());
            return head.lease() == null
                    ? resumptions.goOn(takeover)
                    : resumptions.open(takeover, Long.MAX_VALUE, opened -> forcedEnds.stop(opened, stopped));
        } catch (CorruptJournalException e) {
            forcedEnds.seize(head, lease, stopped);
            return views.describe(head.id());
        }
    }
}
