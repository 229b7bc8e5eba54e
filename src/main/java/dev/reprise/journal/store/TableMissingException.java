package dev.reprise.journal.store;

import org.jspecify.annotations.Nullable;

/** There is no such table. */
public final class TableMissingException extends JournalException {

    private static final long serialVersionUID = 1L;

    private final String table;

    public TableMissingException(String table, @Nullable Throwable cause) {
        super(
                "Table '" + table
                        + "' does not exist in this account and region. Deploy infra/template.yaml, which makes"
                        + " it, or name an existing one with reprise.table-name",
                cause);
        this.table = table;
    }

    /** Which table. */
    public String table() {
        return table;
    }
}
