package dev.reprise.nativetests.lambda;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One delivery of an event to a function. Lambda delivers an asynchronous event again under the same request id when it
 * believes that the first delivery failed, so a request id does not name an invocation.
 */
public final class Invocation {

    private final String requestId;
    private final String event;
    private final Duration timeout;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    /** Null until the function has taken the event; written by the sandbox's thread, read by any. */
    private volatile @Nullable Instant begun;

    Invocation(String requestId, String event, Duration timeout) {
        this.requestId = requestId;
        this.event = event;
        this.timeout = timeout;
    }

    /** The id that the function reads as {@code awsRequestId}. */
    public String requestId() {
        return requestId;
    }

    /** The event, as it was sent: not necessarily JSON. */
    public String event() {
        return event;
    }

    /** The function's time-out. */
    public Duration timeout() {
        return timeout;
    }

    /** When the function took the event; empty while its process starts. */
    public Optional<Instant> begun() {
        return Optional.ofNullable(begun);
    }

    /** How it ended; empty while it runs. */
    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome.getNow(null));
    }

    /** Waits for the end, however it comes; a minute beyond the deadline at most. */
    public Outcome await() {
        Duration patience = timeout.plusMinutes(1);
        try {
            return outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("invocation " + requestId + " has not ended after " + patience, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for invocation " + requestId, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an invocation has an outcome, never an exception", e);
        }
    }

    /** Lambda's clock starts when the function takes the event, not while the process starts. */
    Instant begin() {
        Instant now = Instant.now();
        begun = now;
        return now.plus(timeout);
    }

    /** The first outcome holds: an answer that comes after the kill, or the kill after the answer, changes nothing. */
    boolean end(Outcome how) {
        return outcome.complete(how);
    }

    CompletableFuture<Outcome> whenEnded() {
        return outcome;
    }

    @Override
    public String toString() {
        return "invocation " + requestId + " of " + event + ": "
                + outcome().map(Outcome::toString).orElse("running");
    }
}
