package dev.reprise.execution;

/** A request that can't be met as it was put, so that repeating it is of no use. */
public final class RequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String error;

    /**
     * A request that is refused.
     *
     * @param error a name for programs; that of the exception in the Step Functions API where there is one, such as
     *     {@code ExecutionDoesNotExist}
     * @param message what is wrong, where, and what to do
     */
    public RequestException(String error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    /** A name for programs. */
    public String error() {
        return error;
    }

    /** What is wrong, where, and what to do. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
