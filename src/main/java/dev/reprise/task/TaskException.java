package dev.reprise.task;

import dev.reprise.execution.StatesError;
import org.jspecify.annotations.Nullable;

/**
 * A task failed, with an error that {@code Retry} and {@code Catch} can name. A task method throws it to choose the
 * error itself: {@code throw new TaskException("CardDeclined", "card ends in 4242")}.
 *
 * <p>It reports a fact to the state machine, so it carries no stack trace of its own; that of the cause is kept.
 */
public final class TaskException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient StatesError error;

    /**
     * @param error the error name
     * @param cause a text for people; null when there is none
     */
    public TaskException(String error, @Nullable String cause) {
        this(new StatesError(error, cause), null);
    }

    /**
     * @param error what the state machine sees
     * @param thrown what was thrown; null when nothing was
     */
    public TaskException(StatesError error, @Nullable Throwable thrown) {
        super(error.cause() == null ? error.error() : error.error() + ": " + error.cause(), thrown, true, false);
        this.error = error;
    }

    /** The error as the state machine sees it. */
    public StatesError error() {
        return error;
    }
}
