package dev.reprise.runtime;

import io.smallrye.mutiny.subscription.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * A request that is under way. The thread that owns the execution puts it and cancels it; its answer comes about on
 * whatever thread.
 */
final class Request {

    /** Null when the request failed before there was anything to cancel. */
    private @Nullable Cancellable subscription;

    /** Set once the answer is posted: whoever sees that nothing runs any more must find it. */
    private volatile boolean done;

    void begun(Cancellable underWay) {
        subscription = underWay;
    }

    /** Its answer is in the mailbox. */
    void done() {
        done = true;
    }

    boolean isDone() {
        return done;
    }

    /** Nobody waits for its answer any more: what works on it is interrupted. */
    void cancel() {
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
