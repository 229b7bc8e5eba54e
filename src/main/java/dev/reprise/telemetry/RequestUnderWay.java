package dev.reprise.telemetry;

import org.jspecify.annotations.Nullable;

/** The request that this process answers: Lambda gives a process one at a time. Thread-safe. */
public final class RequestUnderWay {

    private volatile @Nullable String requestId;

    /** Its id, by which Lambda's own log lines name it; null between requests. */
    public @Nullable String requestId() {
        return requestId;
    }

    /** A request came in. */
    public void begin(@Nullable String id) {
        requestId = id;
    }

    /** It is answered. */
    public void end() {
        requestId = null;
    }
}
