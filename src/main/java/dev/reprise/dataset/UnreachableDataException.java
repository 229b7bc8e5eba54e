package dev.reprise.dataset;

/**
 * A data set cannot be read now, for a reason that says nothing of the data set and may pass: a network, or S3 itself.
 */
public final class UnreachableDataException extends DataSetException {

    private static final long serialVersionUID = 1L;

    /** With what is wrong, and what it comes from. */
    public UnreachableDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
