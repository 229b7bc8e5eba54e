package dev.reprise.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.history.HistoryPage;
import dev.reprise.history.HistoryQuery;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.operations.ExecutionList;
import dev.reprise.operations.ExecutionProgress;
import dev.reprise.operations.Executions;
import dev.reprise.operations.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Executions of one process that many ask of at once. Who starts an execution that runs here already waits for it as if
 * it were his: a client that tries again because it has lost patience, or a request that was begun before the code
 * changed. In Lambda the same request comes again only when the first has died; here the first still runs.
 */
public final class JoinedExecutions implements Executions {

    /** An execution that was interrupted by a change of code is taken up again within this time. */
    private static final Duration TO_BE_TAKEN_UP = Duration.ofSeconds(2);

    private static final Duration TO_BE_STOPPED = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Executions executions;
    private final RunsOfThisProcess runs;

    public JoinedExecutions(Executions executions, RunsOfThisProcess runs) {
        this.executions = executions;
        this.runs = runs;
    }

    /** Under the request's id as name, if it has none; but run by an invocation that no other request has. */
    @Override
    public ExecutionDescription start(String workflow, @Nullable String name, JsonNode input, Invocation invocation) {
        boolean unused = runs.hasRunHere();
        ExecutionDescription started = executions.start(
                workflow, name == null ? invocation.requestId() : name, input, unlikeAnyOther(invocation));
        return runs.hasRunHere() ? started : joined(started, TO_BE_TAKEN_UP);
    }

    private static Invocation unlikeAnyOther(Invocation invocation) {
        return new Invocation(UUID.randomUUID().toString(), invocation.functionArn(), invocation.deadline());
    }

    /** As it stands when nobody here runs it any more, or for that long already. */
    private ExecutionDescription joined(ExecutionDescription first, Duration notRunning) {
        ExecutionDescription now = first;
        long since = System.nanoTime();
        while (isHeld(now) && System.nanoTime() - since < notRunning.toNanos()) {
            boolean runs = this.runs.contains(now.executionArn());
            since = runs ? System.nanoTime() : since;
            await(now.executionArn(), runs);
            now = executions.describe(now.executionArn());
        }
        return now;
    }

    /** Whether somebody may have it who runs it. One that waits for an answer without a bound looks the same. */
    private static boolean isHeld(ExecutionDescription execution) {
        return execution.status() == ExecutionStatus.RUNNING && execution.wakeAt() == null;
    }

    private void await(String executionArn, boolean runs) {
        try {
            if (runs) {
                this.runs.awaitEnd(executionArn, LONGEST_WAIT);
            } else {
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + executionArn, e);
        }
    }

    @Override
    public ExecutionDescription submit(
            String workflow, @Nullable String name, JsonNode input, Map<String, String> labels, Invocation invocation) {
        return executions.submit(workflow, name, input, labels, invocation);
    }

    @Override
    public ExecutionDescription resume(String executionArn, Invocation invocation) {
        return executions.resume(executionArn, unlikeAnyOther(invocation));
    }

    @Override
    public ExecutionDescription resumeAt(String executionArn, Instant at, Invocation invocation) {
        return executions.resumeAt(executionArn, at, unlikeAnyOther(invocation));
    }

    @Override
    public ExecutionDescription describe(String executionArn) {
        return executions.describe(executionArn);
    }

    @Override
    public ExecutionProgress progress(String executionArn) {
        return executions.progress(executionArn);
    }

    @Override
    public HistoryPage history(String executionArn, HistoryQuery query) {
        return executions.history(executionArn, query);
    }

    @Override
    public ExecutionDescription stop(
            String executionArn, @Nullable String error, @Nullable String cause, Invocation invocation) {
        ExecutionDescription stopped = executions.stop(executionArn, error, cause, unlikeAnyOther(invocation));
        return runs.contains(executionArn) ? soonOver(stopped) : stopped;
    }

    /** Whoever runs it looks now and then whether it was stopped. */
    private ExecutionDescription soonOver(ExecutionDescription stopped) {
        try {
            runs.awaitEnd(stopped.executionArn(), TO_BE_STOPPED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return stopped;
        }
        return executions.describe(stopped.executionArn());
    }

    @Override
    public ExecutionDescription redrive(String executionArn, Invocation invocation) {
        return executions.redrive(executionArn, unlikeAnyOther(invocation));
    }

    @Override
    public ExecutionList list(String workflow, int limit, @Nullable String next) {
        return executions.list(workflow, limit, next);
    }
}
