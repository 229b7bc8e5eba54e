package dev.reprise.runtime;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One invocation of the function.
 *
 * @param requestId the same when Lambda repeats a request that failed
 * @param functionArn of the function that is invoked; its region and account are also those of the executions that it starts
 * @param deadline when the invocation ends; null when that is not known
 */
public record Invocation(
        String requestId, String functionArn, @Nullable Instant deadline) {}
