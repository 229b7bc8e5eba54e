package dev.reprise.journal.store;

import org.jspecify.annotations.Nullable;

/** A stored item cannot be what this engine wrote, or was written by a newer one. Nothing was changed. */
public final class CorruptJournalException extends JournalException {

    private static final long serialVersionUID = 1L;

    private final String execution;
    private final String item;

    /**
     * @param execution which execution, or which definition
     * @param item what of it, such as {@code segment 7}
     * @param detail what is wrong with it
     */
    public CorruptJournalException(String execution, String item, String detail, @Nullable Throwable cause) {
        super(
                "Execution " + execution + ": " + item + " cannot be read: " + detail
                        + ". Nothing was changed. Restore the table from a backup taken before the damage, or stop the"
                        + " execution and start it again",
                cause);
        this.execution = execution;
        this.item = item;
    }

    /** Which execution, such as {@code orders/my-name}. */
    public String execution() {
        return execution;
    }

    /** Which of its items, such as {@code segment 7}. */
    public String item() {
        return item;
    }
}
