package dev.reprise.runtime;

import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.journal.store.Caller;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Redrive;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an execution when an invocation takes it up.
 *
 * @param identity its names
 * @param startedAt when it was started
 * @param redrives how often it was redriven
 * @param redrivenAt the last time; null when it never was
 * @param requestId of the invocation; null when none runs it, but ends it
 * @param traceHeader of the trace that it was started in, in X-Ray's form; null when it was started in none
 * @param isAwaited whether the task of another execution has started it and awaits its end
 */
public record RunContext(
        ExecutionIdentity identity,
        Instant startedAt,
        int redrives,
        @Nullable Instant redrivenAt,
        @Nullable String requestId,
        @Nullable String traceHeader,
        boolean isAwaited) {

    /** Its ARN. */
    public String executionArn() {
        return identity.executionArn();
    }

    /** Of an execution with a journal. */
    public static RunContext of(Head head, @Nullable String requestId) {
        Redrive redrive = head.redrive();
        Caller caller = head.beginning().caller();
        return new RunContext(
                head.identity(),
                head.beginning().startedAt(),
                redrive == null ? 0 : redrive.count(),
                redrive == null ? null : redrive.at(),
                requestId,
                head.beginning().origin().traceHeader(),
                caller != null && caller.awaitsEnd());
    }

    /** Of one that leaves no trace in the table. */
    public static RunContext withoutJournal(
            ExecutionIdentity identity, Instant startedAt, String requestId, @Nullable String traceHeader) {
        return new RunContext(identity, startedAt, 0, null, requestId, traceHeader, false);
    }
}
