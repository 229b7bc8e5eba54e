package dev.reprise.runtime;

import dev.reprise.execution.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How one run of an execution within an invocation came out. */
public sealed interface RunResult {

    /** The execution has ended, at that time. */
    record Ended(Outcome outcome, Instant stoppedAt) implements RunResult {}

    /**
     * It waits, and costs nothing until then.
     *
     * @param wakeAt when it is to be resumed: a time that has come means at once; null when only a message from outside
     *     wakes it
     */
    record Suspended(@Nullable Instant wakeAt) implements RunResult {}

    /** Another invocation has taken it over. This one did nothing more, and has nothing to report. */
    record Fenced() implements RunResult {}
}
