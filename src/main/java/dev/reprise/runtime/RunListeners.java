package dev.reprise.runtime;

import dev.reprise.execution.EffectId;
import dev.reprise.process.ExhaustedMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** All listeners as one, whose failures are nobody else's. Thread-safe, but for what {@link #forRun} gives. */
public final class RunListeners implements RunListener {

    private static final Logger LOG = Logger.getLogger(RunListeners.class);

    /**
     * One of them.
     *
     * @param hasFailed whether a failure of it is in the log
     */
    private record Listening(RunListener listener, AtomicBoolean hasFailed) {}

    private final List<Listening> all;

    private RunListeners(List<Listening> all) {
        this.all = all;
    }

    /** These. */
    public static RunListeners of(List<RunListener> listeners) {
        return new RunListeners(listeners.stream()
                .map(listener -> new Listening(listener, new AtomicBoolean()))
                .toList());
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    @Override
    public RunListener forRun(RunContext run) {
        List<Listening> ofRun = new ArrayList<>();
        for (Listening each : all) {
            RunListener listener = ask(each, asked -> asked.forRun(run), run);
            if (listener != null) {
                ofRun.add(new Listening(listener, each.hasFailed()));
            }
        }
        return new RunListeners(ofRun);
    }

    @Override
    public void on(RunEvent event) {
        for (Listening each : all) {
            var unused = ask(
                    each,
                    listener -> {
                        listener.on(event);
                        return null;
                    },
                    event);
        }
    }

    @Override
    public @Nullable String traceHeader(EffectId task) {
        for (Listening each : all) {
            String header = ask(each, listener -> listener.traceHeader(task), task);
            if (header != null) {
                return header;
            }
        }
        return null;
    }

    /** Null when it fails. */
    private static <T> @Nullable T ask(Listening each, Function<RunListener, @Nullable T> question, Object told) {
        try {
            return question.apply(each.listener());
        } catch (Throwable e) {
            ExhaustedMemory.haltOn(e);
            if (each.hasFailed().compareAndSet(false, true)) {
                LOG.errorf(
                        e,
                        "%s failed when it was told of %s. It is told on; failures are logged once",
                        each.listener(),
                        told);
            }
            return null;
        }
    }
}
