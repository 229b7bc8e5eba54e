package dev.reprise.trigger;

import dev.reprise.execution.RequestException;

/**
 * An event that starts nothing, though it should: its invocation fails, or its message comes again, so that it ends
 * where AWS puts what has failed and is not lost. To mend the workflow or the trigger may be of use.
 */
public final class RefusedEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String error;

    /**
     * One that is refused.
     *
     * @param error a name for programs
     * @param message what is wrong, where, and what to do
     */
    public RefusedEventException(String error, String message) {
        super(message, null, true, false);
        this.error = error;
    }

    /** The same for who waits for an answer. */
    public RequestException refusal() {
        return new RequestException(error, String.valueOf(getMessage()));
    }
}
