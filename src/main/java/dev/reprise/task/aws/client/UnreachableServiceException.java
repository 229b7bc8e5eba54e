package dev.reprise.task.aws.client;

/**
 * A service gave no answer: it was not there in time, its answer was cut off, or there is nobody in whose name to ask.
 */
public final class UnreachableServiceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean tryAgain;

    UnreachableServiceException(String message, Throwable cause) {
        this(message, cause, true);
    }

    private UnreachableServiceException(String message, Throwable cause, boolean tryAgain) {
        super(message, cause);
        this.tryAgain = tryAgain;
    }

    /** Of a call that would fail again. */
    static UnreachableServiceException forGood(String message, Throwable cause) {
        return new UnreachableServiceException(message, cause, false);
    }

    boolean tryAgain() {
        return tryAgain;
    }
}
