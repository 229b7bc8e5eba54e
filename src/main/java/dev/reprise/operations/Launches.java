package dev.reprise.operations;

import dev.reprise.execution.RequestException;
import dev.reprise.journal.NewExecution;
import dev.reprise.journal.StartOutcome;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.process.ExhaustedMemory;
import dev.reprise.runtime.Time;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts executions for those who do not wait for them. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">AWS,
 *     StartExecution</a>
 */
final class Launches {

    private static final Logger LOG = Logger.getLogger(Launches.class);

    private final NewExecutions executions;
    private final Time clock;
    private final OwnedExecutions owned;
    private final IdleExecutions idle;

    Launches(ExecutionServices services, NewExecutions executions, OwnedExecutions owned) {
        this.executions = executions;
        this.clock = services.clock();
        this.owned = owned;
        this.idle = services.idleExecutions();
    }

    /** {@link DetachedExecutions#launch}. */
    Instant launch(Launch launch, Invocation invocation, Background background) {
        executions.requireWithinLimit(launch.input());
        if (launch.workflow().express()) {
            return withoutJournal(launch, invocation, background);
        }
        return switch (background) {
            case Background.InProcess here -> begin(launch, invocation, here);
            case Background.AnotherInvocation other -> submit(launch);
        };
    }

    private Instant withoutJournal(Launch launch, Invocation invocation, Background background) {
        Instant startedAt = Time.millisOf(clock);
        Runnable run = () -> runToItsEnd(launch, startedAt, invocation);
        switch (background) {
            case Background.InProcess here -> here.executor().execute(guarded(launch, run));
            case Background.AnotherInvocation other -> guarded(launch, run).run();
        }
        return startedAt;
    }

    /** {@link DetachedExecutions#runToItsEnd}. */
    ExecutionDescription runToItsEnd(Launch launch, Invocation invocation) {
        executions.requireWithinLimit(launch.input());
        return runToItsEnd(launch, Time.millisOf(clock), invocation);
    }

    private ExecutionDescription runToItsEnd(Launch launch, Instant startedAt, Invocation invocation) {
        return owned.withoutJournal(
                launch.workflow().program(),
                launch.identity(),
                launch.input(),
                startedAt,
                launch.origin().traceHeader(),
                invocation);
    }

    private Instant begin(Launch launch, Invocation invocation, Background.InProcess here) {
        NewExecution execution = execution(launch, invocation.lease(clock));
        return switch (executions.start(execution)) {
            case StartOutcome.Created created -> {
                here.executor()
                        .execute(guarded(
                                launch,
                                () -> owned.begin(created, launch.workflow().program(), invocation)));
                yield created.started().at();
            }
            case StartOutcome.Exists exists -> running(launch, exists.head());
            case StartOutcome.Conflict conflict -> throw alreadyExists(launch);
        };
    }

    private Instant submit(Launch launch) {
        Head head = switch (executions.submit(execution(launch, null))) {
            case StartOutcome.Exists exists -> exists.head();
            case StartOutcome.Conflict conflict -> throw alreadyExists(launch);
        };
        Instant startedAt = running(launch, head);
        if (head.lease() == null) {
            idle.wake(head);
        }
        return startedAt;
    }

    private NewExecution execution(Launch launch, @Nullable Lease lease) {
        return launch.workflow()
                .newExecution(launch.identity(), launch.input(), Time.millisOf(clock), null, lease, launch.origin());
    }

    /** When one of that name and input started that runs still. */
    private static Instant running(Launch launch, Head head) {
        if (head.ending() != null) {
            throw alreadyExists(launch);
        }
        return head.beginning().startedAt();
    }

    private static RequestException alreadyExists(Launch launch) {
        return new RequestException(
                "ExecutionAlreadyExists",
                "Execution Already Exists: '" + launch.identity().executionArn() + "'");
    }

    /** Nobody hears what this throws but the log. What has a journal is found by the sweeper, and goes on. */
    private static Runnable guarded(Launch launch, Runnable run) {
        return guarded(launch.identity().executionArn(), run);
    }

    static Runnable guarded(String executionArn, Runnable run) {
        return () -> {
            try {
                run.run();
            } catch (RuntimeException | Error e) {
                ExhaustedMemory.haltOn(e);
                if (Thread.currentThread().isInterrupted()) {
                    LOG.infof("%s goes on after the next start", executionArn);
                } else {
                    LOG.errorf(e, "%s could not be carried on here", executionArn);
                }
            }
        };
    }
}
