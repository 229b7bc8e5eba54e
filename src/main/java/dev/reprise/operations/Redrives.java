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
        return goOn(open(head, invocation.lease(clock), invocation));
    }

    /** {@link DetachedExecutions#redrive}. */
    Instant redrive(ExecutionId id, Invocation invocation, Background background) {
        Head head = views.head(id);
        // Whoever is woken up takes it over at once, as from an owner that died.
        Lease lease = background instanceof Background.InProcess
                ? invocation.lease(clock)
                : new Lease(invocation.requestId(), Time.millisOf(clock).minusMillis(1));
        Redriven redriven = open(head, lease, invocation);
        String arn = head.beginning().executionArn();
        switch (background) {
            case Background.InProcess here -> here.executor().execute(Launches.guarded(arn, () -> goOn(redriven)));
            case Background.AnotherInvocation other ->
                idle.wake(redriven.opened().head());
        }
        return Objects.requireNonNull(redriven.opened().head().redrive()).at();
    }

    private record Redriven(Takeover takeover, OpenOutcome.Opened opened) {}

    private ExecutionDescription goOn(Redriven redriven) {
        return resumptions.readably(
                redriven.opened().head(),
                redriven.takeover().lease(),
                () -> resumptions.unlessOvertaken(
                        redriven.takeover().known(), () -> owned.goOn(redriven.takeover(), redriven.opened())));
    }

    private Redriven open(Head head, Lease lease, Invocation invocation) {
        requireRedrivable(head);
        Takeover takeover = Takeover.of(head, lease, invocation, journals.waitingTasks());
        return switch (journals.redrive(settlements.settled(head), lease, Time.millisOf(clock))) {
            case OpenOutcome.Opened opened -> new Redriven(takeover, opened);
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
