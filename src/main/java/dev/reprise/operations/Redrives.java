package dev.reprise.operations;

import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.RequestException;
import dev.reprise.journal.Journals;
import dev.reprise.journal.OpenOutcome;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.runtime.Time;
import java.time.Instant;
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
    private final IdleExecutions idle;

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
        this.idle = services.idleExecutions();
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
        Takeover takeover = takeover(head, invocation);
        return goOn(takeover, redriven(head, takeover.lease()));
    }

    /** {@link DetachedExecutions#redrive}. */
    Instant redrive(ExecutionId id, Invocation invocation, Background background) {
        Head head = views.head(id);
        requireRedrivable(head);
        return switch (background) {
            case Background.InProcess here -> {
                Takeover takeover = takeover(head, invocation);
                OpenOutcome.Redriven redriven = redriven(head, takeover.lease());
                here.executor()
                        .execute(Launches.guarded(head.beginning().executionArn(), () -> goOn(takeover, redriven)));
                yield redrivenAt(redriven);
            }
            case Background.AnotherInvocation other -> {
                // Whoever is woken up takes it over at once, as from an owner that died.
                Lease over =
                        new Lease(invocation.requestId(), Time.millisOf(clock).minusMillis(1));
                OpenOutcome.Redriven redriven = redriven(head, over);
                idle.wake(redriven.head());
                yield redrivenAt(redriven);
            }
        };
    }

    private Takeover takeover(Head head, Invocation invocation) {
        return Takeover.of(head, invocation.lease(clock), invocation, journals.waitingTasks());
    }

    private static Instant redrivenAt(OpenOutcome.Redriven redriven) {
        return Objects.requireNonNull(redriven.head().redrive()).at();
    }

    private ExecutionDescription goOn(Takeover takeover, OpenOutcome.Redriven redriven) {
        return resumptions.readably(
                redriven.head(),
                takeover.lease(),
                () -> resumptions.unlessOvertaken(
                        takeover.known(),
                        () -> owned.goOn(takeover, redriven.opening().get())));
    }

    private OpenOutcome.Redriven redriven(Head head, Lease lease) {
        return switch (journals.redrive(settlements.settled(head), lease, Time.millisOf(clock))) {
            case OpenOutcome.Redriven redriven -> redriven;
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
