package dev.reprise.operations;

import dev.reprise.journal.store.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One invocation of the function.
 *
 * @param requestId the same when Lambda repeats a request that failed
 * @param functionArn of the function that is invoked, whose region and account are also those of the executions that it
 *     starts; empty outside Lambda
 * @param deadline when the invocation ends; null when that is not known
 */
public record Invocation(
        String requestId, String functionArn, @Nullable Instant deadline) {

    /** Who runs an execution holds it so long when the end of the invocation is not known. */
    private static final Duration LEASE_WITHOUT_DEADLINE = Duration.ofMinutes(15);

    /** One of no function in Lambda, but of a process on one machine, which nobody ends. */
    public static Invocation ofThisProcess(String requestId) {
        return new Invocation(requestId, "", null);
    }

    /** By which it holds the executions that it runs: to its end. */
    Lease lease(InstantSource clock) {
        return new Lease(requestId, deadline == null ? clock.instant().plus(LEASE_WITHOUT_DEADLINE) : deadline);
    }
}
