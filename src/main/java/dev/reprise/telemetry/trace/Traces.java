package dev.reprise.telemetry.trace;

import dev.reprise.runtime.RunContext;
import dev.reprise.runtime.RunEvent;
import dev.reprise.runtime.RunListener;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes one trace of each execution, whichever invocations carry it. Thread-safe. */
public final class Traces implements RunListener {

    /**
     * What is sent.
     *
     * @param functionName the name of the function that this is
     * @param itemRate which part of the items of Maps have spans, from 0 to 1
     * @param mostSpans so many of one execution may wait until they are durable, and so many of all may wait to be sent
     */
    public record Settings(String functionName, double itemRate, int mostSpans) {
        public Settings {
            var unused = new ItemSampling(itemRate);
            if (mostSpans < 1) {
                throw new IllegalArgumentException("reprise.traces.most-spans is at least 1, not " + mostSpans);
            }
        }

        ItemSampling items() {
            return new ItemSampling(itemRate);
        }
    }

    private final Settings settings;
    private final SpanSink sink;
    private final Supplier<@Nullable String> lambdaHeader;
    private final AtomicBoolean isFirst = new AtomicBoolean(true);

    /**
     * Traces.
     *
     * @param lambdaHeader of the trace that the invocation in this process is part of, in X-Ray's form; null when it is
     *     part of none
     */
    public Traces(Settings settings, SpanExport export, Supplier<@Nullable String> lambdaHeader) {
        this(settings, export::add, lambdaHeader);
    }

    Traces(Settings settings, SpanSink sink, Supplier<@Nullable String> lambdaHeader) {
        this.settings = settings;
        this.sink = sink;
        this.lambdaHeader = lambdaHeader;
    }

    @Override
    public RunListener forRun(RunContext run) {
        boolean isColdStart = run.requestId() != null && isFirst.compareAndSet(true, false);
        return new RunTrace(run, settings, sink, isColdStart, SpanContext.ofHeader(lambdaHeader.get()));
    }

    /** Each run has a listener of its own. */
    @Override
    public void on(RunEvent event) {
        throw new IllegalStateException("Told of an execution that was not taken up: " + event);
    }
}
