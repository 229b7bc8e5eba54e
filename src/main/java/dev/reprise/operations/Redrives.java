package dev.reprise.operations;

import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.RequestException;
import dev.reprise.journal.Journals;
import dev.reprise.journal.OpenOutcome;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.runtime.Time;
import java.util.Objects;

/**
 * Has executions go on that failed, timed out or were stopped. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html">AWS,
 *     RedriveExecution</a>
 */
final class Redrives {

    private final Journals journals;
    private final Time clock;
    private final OwnedExecutions owned;
    private final Settlements settlements;
    private final Resumptions resumptions;
    private final ExecutionViews views;

    Redrives(
            ExecutionServices services,
            OwnedExecutions owned,
            Settlements settlements,
            Resumptions resumptions,
            ExecutionViews views) {
        this.journals = services.journals();
        this.clock = services.clock();
        this.owned = owned;
        this.settlements = settlements;
        this.resumptions = resumptions;
        this.views = views;
    }

    /** {@link Executions#redrive}. */
    ExecutionDescription redrive(ExecutionId id, Invocation invocation) {
        Head head = views.head(id);
        // Lambda repeats a request whose first attempt died.
        boolean repeated = head.redrive() != null
                && head.lease() != null
                && head.lease().owner().equals(invocation.requestId());
        if (repeated) {
            return resumptions.resume(head, invocation);
        }
        requireRedrivable(head);
        Lease lease = invocation.lease(clock);
        Takeover takeover = Takeover.of(head, lease, invocation, journals.waitingTasks());
        return switch (journals.redrive(settlements.settled(head), lease, Time.millisOf(clock))) {
            case OpenOutcome.Opened opened ->
                resumptions.readably(
                        opened.head(),
                        lease,
                        () -> resumptions.unlessOvertaken(head, () -> owned.goOn(takeover, opened)));
            case OpenOutcome.Unknown unknown -> throw ExecutionViews.doesNotExist(head.id());
            case OpenOutcome.AlreadyClosed closed -> throw quicker(head);
            case OpenOutcome.HeldByOther held -> throw quicker(head);
        };
    }

    private void requireRedrivable(Head head) {
        Redrivability redrive = Objects.requireNonNull(views.summary(head).redrive());
        if (redrive.obstacle() != null) {
            throw notRedrivable(head, redrive.obstacle());
        }
    }

    private static RequestException quicker(Head head) {
        return notRedrivable(head, "Somebody else has redriven it at the same time");
    }

    private static RequestException notRedrivable(Head head, String reason) {
        return new RequestException(
                "ExecutionNotRedrivable",
                "Execution " + head.beginning().executionArn() + " invalid for redrive as: " + reason);
    }
}
