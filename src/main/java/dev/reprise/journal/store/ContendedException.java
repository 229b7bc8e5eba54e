package dev.reprise.journal.store;

import dev.reprise.execution.ExecutionId;
import java.time.Instant;

/**
 * Others are at an execution's head: they changed it each time before a write to it came through, or delete what it
 * was. Nothing was changed; what was durable before is durable still.
 */
public final class ContendedException extends JournalException {

    private static final long serialVersionUID = 1L;

    /**
     * So often a head is tried that others change meanwhile. A hundred inbox facts a second leave nearly every try to
     * come through.
     */
    public static final int ATTEMPTS = 100;

    private final transient ExecutionId execution;

    /** {@code what} was to be done, such as {@code "to be ended"}. */
    public ContendedException(ExecutionId execution, String what) {
        super(
                "Execution " + execution + " was " + what + ", but others changed it first, " + ATTEMPTS
                        + " times in a row. Nothing was changed. Try again; if it stays so, find out who sends so much"
                        + " to it",
                null);
        this.execution = execution;
    }

    /**
     * An execution is to be started whose name belongs to one that somebody deletes, until {@code until} at the latest.
     */
    public ContendedException(ExecutionId execution, Instant until) {
        super(
                "Execution " + execution + " was to be started, but the items of an earlier one with its name are being"
                        + " deleted. Nothing was changed. Try again in a moment, at " + until
                        + " at the latest, or choose another name",
                null);
        this.execution = execution;
    }

    /** Which execution. */
    public ExecutionId execution() {
        return execution;
    }
}
