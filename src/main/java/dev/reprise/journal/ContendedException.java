package dev.reprise.journal;

/** Others changed an execution's head each time before a write to it came through, so often in a row that this is no accident. Nothing was changed; what was durable before is durable still. */
public final class ContendedException extends JournalException {

    private static final long serialVersionUID = 1L;

    /** So often a head is tried that others change meanwhile. A hundred inbox facts a second leave nearly every try to come through. */
    static final int ATTEMPTS = 100;

    private final transient ExecutionId execution;

    /** {@code what} was to be done, such as {@code "to be ended"}. */
    ContendedException(ExecutionId execution, String what) {
        super(
                "Execution " + execution + " was " + what + ", but others changed it first, " + ATTEMPTS
                        + " times in a row. Nothing was changed. Try again; if it stays so, find out who sends so much"
                        + " to it",
                null);
        this.execution = execution;
    }

    /** Which execution. */
    public ExecutionId execution() {
        return execution;
    }
}
