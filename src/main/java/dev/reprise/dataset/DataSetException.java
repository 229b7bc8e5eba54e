package dev.reprise.dataset;

/**
 * A data set cannot be read, or results cannot be written. The message says why, for whoever reads the cause of {@code
 * States.ItemReaderFailed} or {@code States.ResultWriterFailed}.
 */
public sealed class DataSetException extends RuntimeException permits UnreachableDataException {

    private static final long serialVersionUID = 1L;

    /** With what is wrong, and where. */
    public DataSetException(String message) {
        super(message);
    }

    /** With what is wrong, and what it comes from. */
    public DataSetException(String message, Throwable cause) {
        super(message, cause);
    }
}
