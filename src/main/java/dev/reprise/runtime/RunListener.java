package dev.reprise.runtime;

import dev.reprise.execution.EffectId;
import org.jspecify.annotations.Nullable;

/**
 * Is told what executions do while they do it: what logs, metrics, traces and a live view hang on. A replay tells it
 * nothing, so each thing that happens is told once: the first event after a resume is {@link RunEvent.Resumed}, and
 * what the journal already held then is told no more.
 *
 * <p>It is called by the thread that owns the execution, which waits for it, and by several at once for several
 * executions. What it throws is logged once, and changes nothing. What happens is told as it happens, which may be
 * before it is durable: should the process die then, the next one may do the same again, and tell it.
 *
 * <p>A CDI bean of this type is found by itself. Where there is none, nothing is told, and nothing is spent on it.
 */
@FunctionalInterface
public interface RunListener {

    /** Something happened. */
    void on(RunEvent event);

    /**
     * Who is told what one invocation does for one execution, from its first event to its last; by default this one,
     * which is told of all. An invocation that loses an execution to another one never tells an end.
     */
    default RunListener forRun(RunContext run) {
        return this;
    }

    /**
     * What an execution that a task starts is to know of the trace that it is part of, in X-Ray's form; null when it is
     * part of none.
     */
    default @Nullable String traceHeader(EffectId task) {
        return null;
    }
}
