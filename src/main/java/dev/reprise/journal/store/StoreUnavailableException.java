package dev.reprise.journal.store;

import org.jspecify.annotations.Nullable;

/**
 * The table cannot be used, and trying again did not help. What was durable before is durable still; the execution can
 * be resumed once the table answers.
 */
public sealed class StoreUnavailableException extends JournalException permits DataKeyUnavailableException {

    private static final long serialVersionUID = 1L;

    private final String table;

    /** {@code detail}: what happened, what to do. */
    public StoreUnavailableException(String table, String detail, @Nullable Throwable cause) {
        super("Table '" + table + "' cannot be used: " + detail, cause);
        this.table = table;
    }

    /** Which table. */
    public String table() {
        return table;
    }
}
