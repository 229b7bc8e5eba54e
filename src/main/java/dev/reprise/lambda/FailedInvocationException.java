package dev.reprise.lambda;

/** An invocation that an error ended, which is no failure of the process: the next invocation may succeed. */
final class FailedInvocationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param requestId of the invocation */
    FailedInvocationException(String requestId, Error error) {
        super(
                "The invocation " + requestId + " failed: " + error
                        + ". Nothing that was recorded is lost: the same request may be repeated, and an execution"
                        + " that it carried is resumed",
                error);
    }
}
