package dev.reprise.operations;

import dev.reprise.execution.Entry;
import dev.reprise.runtime.ExecutionRunner;
import dev.reprise.runtime.LiveRun;
import dev.reprise.runtime.RunResult;
import org.jspecify.annotations.Nullable;

/**
 * One execution in this invocation: its runner, and what tells of it those who listen.
 *
 * @param live null when nobody listens
 */
record Run(ExecutionRunner runner, @Nullable LiveRun live) {

    /** Has it begin. */
    void start(Entry.Started started) {
        if (live != null) {
            live.started(started);
        }
        runner.start(started);
    }

    /** Carries it on as far as the invocation allows. */
    RunResult carryOn() {
        try {
            return runner.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The invocation was interrupted; the execution can be resumed", e);
        }
    }
}
