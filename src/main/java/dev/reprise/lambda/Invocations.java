package dev.reprise.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.reprise.operations.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what Lambda says about an invocation. */
final class Invocations {

    /** What Lambda grants at most. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private Invocations() {}

    static Invocation of(Context context, InstantSource clock) {
        String requestId = context.getAwsRequestId();
        String functionArn = context.getInvokedFunctionArn();
        return new Invocation(
                requestId == null || requestId.isBlank() ? UUID.randomUUID().toString() : requestId,
                functionArn == null ? "" : functionArn,
                deadline(context.getRemainingTimeInMillis(), clock));
    }

    /** A local event server sends no deadline, which shows as a remaining time that no invocation has. */
    private static @Nullable Instant deadline(int remainingMillis, InstantSource clock) {
        return remainingMillis <= 0 || remainingMillis > LONGEST.toMillis()
                ? null
                : clock.instant().plusMillis(remainingMillis);
    }
}
