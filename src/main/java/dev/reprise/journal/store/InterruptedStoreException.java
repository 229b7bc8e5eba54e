package dev.reprise.journal.store;

import org.jspecify.annotations.Nullable;

/** The thread was interrupted while it worked with the store. Its interrupt flag is set again. */
public final class InterruptedStoreException extends JournalException {

    private static final long serialVersionUID = 1L;

    /** Sets the interrupt flag. */
    public InterruptedStoreException(String table, @Nullable Throwable cause) {
        super(
                "Interrupted while working with table '" + table + "'; whether the last write was made is not known",
                cause);
        Thread.currentThread().interrupt();
    }
}
