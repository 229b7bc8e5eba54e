package dev.reprise.journal.store;

import dev.reprise.execution.ExecutionId;

/** Another invocation has taken the execution over. This one must start no further effect, and report nothing of it. */
public final class FencedException extends JournalException {

    private static final long serialVersionUID = 1L;

    private final transient ExecutionId execution;

    /** {@code detail}: how it showed. */
    public FencedException(ExecutionId execution, String detail) {
        super(
                "Execution " + execution + " goes on in another invocation: " + detail
                        + ". This invocation stops working on it; describe the execution to see how it goes",
                null);
        this.execution = execution;
    }

    /** Which execution was lost. */
    public ExecutionId execution() {
        return execution;
    }
}
