package dev.reprise.journal.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who runs an execution. It keeps two invocations from doing the same work; what keeps the journal safe when it fails
 * to is the fence (see {@code Journal}).
 *
 * @param owner the request that runs it. A retry of the very same request may take over at once
 * @param until when others may take over, to the millisecond: the invocation's deadline, so that nothing needs renewing
 */
public record Lease(String owner, Instant until) {
    public Lease {
        until = until.truncatedTo(ChronoUnit.MILLIS);
    }
}
