package dev.reprise.telemetry;

import org.jspecify.annotations.Nullable;

/** The request that this process answers: Lambda gives a process one at a time. Thread-safe. */
public final class RequestUnderWay {

    private volatile @Nullable String requestId;
    private volatile @Nullable String traceHeader;

    /** Its id, by which Lambda's own log lines name it; null between requests. */
    public @Nullable String requestId() {
        return requestId;
    }

    /** The trace that it is part of, in X-Ray's form; null between requests, and when it is part of none. */
    public @Nullable String traceHeader() {
        return traceHeader;
    }

    /** A request came in. */
    public void begin(@Nullable String id, @Nullable String trace) {
        requestId = id;
        traceHeader = trace;
    }

    /** It is answered. */
    public void end() {
        requestId = null;
        traceHeader = null;
    }
}
