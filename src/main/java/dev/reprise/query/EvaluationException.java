package dev.reprise.query;

import org.jspecify.annotations.Nullable;

/**
 * An expression gave no value. It carries what a state machine sees of it: an error name that {@code Retry} and {@code
 * Catch} may match, and AWS's text for the cause.
 */
public final class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String error;

    @SuppressWarnings("serial")
    private final @Nullable String location;

    /**
     * @param error such as {@code States.ParameterPathFailure}, {@code States.QueryEvaluationError}, {@code
     * States.IntrinsicFailure} or {@code States.Runtime}
     * @param cause what happened, in AWS's words where AWS has them
     */
    public EvaluationException(String error, String cause) {
        this(error, cause, null);
    }

    /** @param location the field or expression that failed, such as {@code Arguments/a}; null when unknown */
    public EvaluationException(String error, String cause, @Nullable String location) {
        super(cause, null, false, false);
        this.error = error;
        this.location = location;
    }

    /** The ASL error name. */
    public String error() {
        return error;
    }

    /** What happened. */
    public String causeText() {
        return String.valueOf(getMessage());
    }

    /** The field or expression that failed; null when unknown. */
    public @Nullable String location() {
        return location;
    }
}
