package dev.reprise.journal.store;

import org.jspecify.annotations.Nullable;

/**
 * What the table holds is sealed, and the key service does not give the data key. The table itself may be in order: an
 * execution can be taken over, and only then turns out not to be readable.
 */
public final class DataKeyUnavailableException extends StoreUnavailableException {

    private static final long serialVersionUID = 1L;

    /** {@code detail}: what happened, what to do. */
    public DataKeyUnavailableException(String table, String keyArn, String detail, @Nullable Throwable cause) {
        super(table, "what is in it is sealed, and the data key under " + keyArn + " cannot be had: " + detail, cause);
    }
}
