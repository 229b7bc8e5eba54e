package dev.reprise.telemetry.trace;

import java.util.List;

/** Takes spans that are sent some time. Called by several threads. */
@FunctionalInterface
interface SpanSink {

    /**
     * These are to be sent: what they tell of is durable.
     *
     * @param lost so many more there would have been
     * @param isAll whether nothing more comes from this invocation of their execution
     */
    void add(List<FinishedSpan> spans, int lost, boolean isAll);
}
