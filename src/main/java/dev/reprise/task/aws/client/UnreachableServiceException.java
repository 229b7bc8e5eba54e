package dev.reprise.task.aws.client;

import org.jspecify.annotations.Nullable;

/**
 * A service gave no answer: it was not there in time, its answer was cut off, or there is nobody in whose name to ask.
 */
public final class UnreachableServiceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean tryAgain;

    UnreachableServiceException(@Nullable String message, @Nullable Throwable cause) {
        this(message, cause, true);
    }

    private UnreachableServiceException(@Nullable String message, @Nullable Throwable cause, boolean tryAgain) {
        super(message, cause);
        this.tryAgain = tryAgain;
    }

    /** Of a call that would fail again. */
    static UnreachableServiceException forGood(@Nullable String message, @Nullable Throwable cause) {
        return new UnreachableServiceException(message, cause, false);
    }

    /** Whether an answer came that has more bytes than one may have. */
    public boolean isTooLarge() {
        return getCause() instanceof BoundedBody.TooLargeAnswerException;
    }

    boolean tryAgain() {
        return tryAgain;
    }
}
