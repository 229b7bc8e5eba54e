package dev.reprise.journal.store;

import org.jspecify.annotations.Nullable;

/**
 * Something about a journal or its store that the caller must know. Its subclasses say what; their messages say where,
 * and what to do.
 */
public abstract sealed class JournalException extends RuntimeException
        permits ContendedException,
                CorruptJournalException,
                FencedException,
                InterruptedStoreException,
                ItemTooLargeException,
                StoreUnavailableException,
                TableMissingException,
                TransientStoreException,
                UnknownVersionException {

    private static final long serialVersionUID = 1L;

    JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
