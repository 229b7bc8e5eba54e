package dev.reprise.journal.store;

import org.jspecify.annotations.Nullable;

/**
 * A request was turned away, or its answer did not arrive: it may or may not have been carried out. Trying again may
 * help; {@link RetryingStore} does.
 */
public final class TransientStoreException extends JournalException {

    private static final long serialVersionUID = 1L;

    /** {@code detail}: what happened, as a clause. */
    public TransientStoreException(String detail, @Nullable Throwable cause) {
        super(detail, cause);
    }
}
