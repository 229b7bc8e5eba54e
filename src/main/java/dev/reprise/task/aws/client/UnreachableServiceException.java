package dev.reprise.task.aws.client;

import org.jspecify.annotations.Nullable;

/**
 * A service gave no answer: it was not there in time, its answer was cut off, or there is nobody in whose name to ask.
 */
public final class UnreachableServiceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private enum Kind {
        PASSING,
        FOR_GOOD,
        NOT_TO_BE_CALLED
    }

    private final Kind kind;

    UnreachableServiceException(@Nullable String message, @Nullable Throwable cause) {
        this(message, cause, Kind.PASSING);
    }

    private UnreachableServiceException(@Nullable String message, @Nullable Throwable cause, Kind kind) {
        super(message, cause);
        this.kind = kind;
    }

    /** Of a call that would fail again. */
    static UnreachableServiceException forGood(@Nullable String message, @Nullable Throwable cause) {
        return new UnreachableServiceException(message, cause, Kind.FOR_GOOD);
    }

    /** Of a service that is not to be called from here. */
    static UnreachableServiceException notToBeCalled(String refusal) {
        return new UnreachableServiceException(refusal, null, Kind.NOT_TO_BE_CALLED);
    }

    /** Whether it was not even asked, as {@link AwsAccess} says. */
    public boolean isNotToBeCalled() {
        return kind == Kind.NOT_TO_BE_CALLED;
    }

    /** Whether an answer came that has more bytes than one may have. */
    public boolean isTooLarge() {
        return getCause() instanceof BoundedBody.TooLargeAnswerException;
    }

    boolean tryAgain() {
        return kind == Kind.PASSING;
    }
}
